using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Exchange;

/// <summary>Turns the host name to listen on into an address.</summary>
internal static class ListenAddress
{
    /// <exception cref="ExchangeConfigurationException">The name cannot be resolved.</exception>
    public static async Task<IPEndPoint> ResolveAsync(string hostname, CancellationToken cancellation)
    {
        if (hostname == "localhost")
        {
            return new IPEndPoint(IPAddress.Loopback, 0);
        }

        if (hostname is "*" or "+")
        {
            return new IPEndPoint(IPAddress.Any, 0);
        }

        if (IPAddress.TryParse(hostname, out var address))
        {
            return new IPEndPoint(address, 0);
        }

        try
        {
            var found = await Dns.GetHostAddressesAsync(hostname, cancellation);
            return new IPEndPoint(found[0], 0);
        }
        catch (SocketException exception)
        {
            throw new ExchangeConfigurationException(
                $"cannot resolve the host name '{hostname}' ({exception.Message}): give an address of this machine, "
                + "such as localhost or 0.0.0.0");
        }
    }
}
