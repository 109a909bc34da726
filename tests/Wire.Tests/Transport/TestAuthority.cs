using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LowLatencyQuoter.Wire.Tests.Transport;

/// <summary>A certificate authority that lives as long as a test.</summary>
internal sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Test Root", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(Now.AddYears(-2), Now.AddYears(1));
        Roots = [X509CertificateLoader.LoadCertificate(_root.RawData)];
    }

    public X509Certificate2Collection Roots { get; }

    /// <summary>A server's certificate for a name or address.</summary>
    public X509Certificate2 Issue(string host, int validFromDays = -1, int validToDays = 1, bool forServers = true)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(host, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(host);
        }

        request.CertificateExtensions.Add(names.Build());
        var usage = forServers ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2";
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using var issued = request.Create(
            _root, Now.AddDays(validFromDays), Now.AddDays(validToDays), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>What makes a scripted peer speak TLS with that certificate.</summary>
    public static Func<NetworkStream, Stream> Serve(
        X509Certificate2 certificate,
        SslProtocols protocols = SslProtocols.None) => plain =>
        {
            var tls = new SslStream(plain);
            try
            {
                tls.AuthenticateAsServer(certificate, false, protocols, false);
            }
            catch (Exception refused) when (refused is IOException or AuthenticationException)
            {
                tls.Dispose();
                return Stream.Null;   // the client does not want this certificate; the script meets an ended stream
            }

            return tls;
        };

    public void Dispose()
    {
        _root.Dispose();
        _key.Dispose();
        Roots[0].Dispose();
    }
}
