using System;
using System.Globalization;
using System.Net;

namespace LowLatencyQuoter.Client.Quotes;

/// <summary>Host and gRPC port of a server.</summary>
/// <param name="Host">A host name or an IP address, without brackets.</param>
/// <param name="Port">1 to 65535.</param>
internal sealed record ServerAddress(string Host, int Port)
{
    /// <summary>The gRPC port of a server that was not told otherwise.</summary>
    public const int DefaultPort = 50052;

    /// <summary>Whether the name says that the server runs on this machine.</summary>
    public bool IsLoopback =>
        string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The address of a method such as <c>/package.Service/Method</c>.</summary>
    public Uri Method(string path) => new UriBuilder(Uri.UriSchemeHttp, Host, Port, path).Uri;

    /// <summary><c>host:port</c>, with brackets around an IPv6 address.</summary>
    public override string ToString()
    {
        var host = Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
        return string.Create(CultureInfo.InvariantCulture, $"{host}:{Port}");
    }
}
