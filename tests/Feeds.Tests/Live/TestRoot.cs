using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>A certificate authority of one's own, with a server certificate for 127.0.0.1.</summary>
internal sealed class TestRoot : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 _root;

    public TestRoot()
    {
        var now = DateTimeOffset.UtcNow;
        var request = new CertificateRequest("CN=Test Root", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _root = request.CreateSelfSigned(now.AddDays(-2), now.AddDays(2));
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=127.0.0.1", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var issued = server.Create(_root, now.AddDays(-1), now.AddDays(1), RandomNumberGenerator.GetBytes(8));
        Server = issued.CopyWithPrivateKey(serverKey);
        Roots = [X509CertificateLoader.LoadCertificate(_root.RawData)];
    }

    public X509Certificate2 Server { get; }

    public X509Certificate2Collection Roots { get; }

    public void Dispose()
    {
        Roots[0].Dispose();
        Server.Dispose();
        _root.Dispose();
        _key.Dispose();
    }
}
