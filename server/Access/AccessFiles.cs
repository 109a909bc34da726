using System.Collections.Generic;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Access;

/// <summary>
/// Certificates and tokens as the files had them when they were last read. Handshakes and calls that begin later take
/// the new ones; what runs goes on. Threads: any may read, one at a time reads the files again.
/// </summary>
internal sealed class AccessFiles
{
    private readonly AccessOptions _options;
    private volatile ServerCertificate? _certificate;
    private volatile ClientCertificates? _clients;
    private volatile ClientTokens? _tokens;

    /// <summary>Reads them.</summary>
    /// <exception cref="OptionsException">One of them cannot be used.</exception>
    public AccessFiles(AccessOptions options)
    {
        _options = options;
        _certificate = options.Certificate is { } file ? ServerCertificate.Read(file, options.Key) : null;
        _clients = options.ClientRoots is { } roots ? ClientCertificates.Read(roots, options.ClientNames) : null;
        _tokens = options.TokenFile is { } tokens ? ClientTokens.Read(tokens) : null;
    }

    /// <summary>True when the ports speak TLS.</summary>
    public bool IsSecure => _certificate is not null;

    /// <summary>The clients' tokens; null: calls bear none.</summary>
    public ClientTokens? Tokens => _tokens;

    /// <summary>When the certificate is good no more; null without one.</summary>
    public long? ExpiresUnixSeconds => _certificate?.ExpiresUnixSeconds;

    /// <summary>Reads the files again; what cannot be used stays as it was.</summary>
    /// <param name="changed">Gets a sentence for each that differs from before.</param>
    /// <param name="refused">Gets a sentence for each that cannot be used.</param>
    public void Reload(ICollection<string> changed, ICollection<string> refused)
    {
        if (_certificate is { } certificate)
        {
            Try(refused, () =>
            {
                var read = ServerCertificate.Read(_options.Certificate!, _options.Key);
                _certificate = read;
                return read.Thumbprint == certificate.Thumbprint ? null : "the server's certificate is another one";
            });
        }

        if (_clients is { } clients)
        {
            Try(refused, () =>
            {
                var read = ClientCertificates.Read(_options.ClientRoots!, _options.ClientNames);
                _clients = read;
                return Same(read.Roots, clients.Roots) ? null : "the roots of clients' certificates are others";
            });
        }

        if (_tokens is { } tokens)
        {
            Try(refused, () =>
            {
                var read = ClientTokens.Read(_options.TokenFile!);
                _tokens = read;
                return read.Equals(tokens) ? null : $"there are tokens of {read.Count} clients";
            });
        }

        void Try(ICollection<string> failures, System.Func<string?> read)
        {
            try
            {
                if (read() is { } sentence)
                {
                    changed.Add(sentence);
                }
            }
            catch (OptionsException e)
            {
                failures.Add(e.Message);
            }
        }
    }

    /// <summary>What a handshake is made with.</summary>
    /// <param name="protocol">What is spoken on the connection.</param>
    /// <param name="asksClients">True where clients have to show a certificate, if any have to.</param>
    public SslServerAuthenticationOptions Handshake(SslApplicationProtocol protocol, bool asksClients)
    {
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = _certificate!.Chain,
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            ApplicationProtocols = [protocol],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            AllowRenegotiation = false,
        };
        if (asksClients && _clients is { } clients)
        {
            options.ClientCertificateRequired = true;
            options.AllowTlsResume = false;   // each connection shows its certificate: the list may have changed
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(clients.Roots);
            options.RemoteCertificateValidationCallback =
                (_, certificate, _, errors) => clients.Admits(certificate, errors);
        }

        return options;
    }

    private static bool Same(X509Certificate2Collection one, X509Certificate2Collection other)
    {
        if (one.Count != other.Count)
        {
            return false;
        }

        for (var index = 0; index < one.Count; index++)
        {
            if (one[index].Thumbprint != other[index].Thumbprint)
            {
                return false;
            }
        }

        return true;
    }
}
