using System.Security.Cryptography.X509Certificates;

namespace LowLatencyQuoter.Wire.Transport;

/// <summary>
/// How the peer's certificate is verified. Name and chain are always verified, with TLS 1.2 or 1.3; there is no way to
/// switch that off. A private authority is trusted by naming its root here.
/// </summary>
public sealed record TlsOptions
{
    /// <summary>
    /// The roots a chain may lead to, in place of the system's. Empty or null: the system's roots. The certificates are
    /// the caller's and have to live as long as connections are opened with these options.
    /// </summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>
    /// Whether revocation lists are asked. Default <see cref="X509RevocationMode.NoCheck"/>: asking adds requests to
    /// third parties to every reconnect and makes their outage ours; venue certificates are short-lived.
    /// </summary>
    public X509RevocationMode RevocationMode { get; init; } = X509RevocationMode.NoCheck;
}
