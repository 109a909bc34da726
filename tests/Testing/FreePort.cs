using System.Net;
using System.Net.Sockets;

namespace LowLatencyQuoter.Testing;

/// <summary>A TCP port of 127.0.0.1 that nobody listens on at this moment.</summary>
public static class FreePort
{
    /// <summary>Asks the kernel for one. Prefer binding port 0 where the code under test can.</summary>
    public static int Take()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
