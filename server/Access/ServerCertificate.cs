using System;
using System.IO;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Access;

/// <summary>
/// The server's certificate with its key and the certificates between it and its root. Threads: any; it never changes,
/// a reading makes another one.
/// </summary>
internal sealed class ServerCertificate
{
    private ServerCertificate(X509Certificate2 certificate, SslStreamCertificateContext chain)
    {
        Thumbprint = certificate.Thumbprint;
        ExpiresUnixSeconds = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()).ToUnixTimeSeconds();
        Chain = chain;
    }

    /// <summary>What a handshake sends.</summary>
    public SslStreamCertificateContext Chain { get; }

    /// <summary>Tells one certificate from another.</summary>
    public string Thumbprint { get; }

    /// <summary>When it is good no more.</summary>
    public long ExpiresUnixSeconds { get; }

    /// <summary>Reads both files.</summary>
    /// <exception cref="OptionsException">They hold no certificate with its key; what to do.</exception>
    public static ServerCertificate Read(string certificateFile, string? keyFile)
    {
        var keyText = SecretFile.Read(
            keyFile ?? certificateFile, keyFile is null ? "tls.certificate" : "tls.key", "take a new key");
        try
        {
            var text = File.ReadAllText(certificateFile);
            var others = new X509Certificate2Collection();
            others.ImportFromPem(text);
            using var pem = X509Certificate2.CreateFromPem(text, keyText);

            // Some platforms want the key in a store of their own before a handshake may use it.
            var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
            if (certificate.NotAfter.ToUniversalTime() < DateTime.UtcNow)
            {
                throw new OptionsException(
                    $"tls.certificate: that of {certificateFile} expired at "
                    + $"{certificate.NotAfter.ToUniversalTime():u}");
            }

            others.RemoveAt(0);
            return new ServerCertificate(
                certificate, SslStreamCertificateContext.Create(certificate, others, offline: true));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new OptionsException(
                $"tls.certificate: {certificateFile} and {keyFile ?? "the same file"} hold no PEM certificate with its "
                + $"private key: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"tls.certificate: {certificateFile} cannot be read: {e.Message}");
        }
    }
}
