using System;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LowLatencyQuoter.System.Tests.Sockets;

/// <summary>A certificate authority made for one test, and a certificate of it for localhost.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    public TestAuthority()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var root = new CertificateRequest("CN=Test authority", rootKey, HashAlgorithmName.SHA256);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = DateTimeOffset.UtcNow;
        _root = root.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_root, now.AddHours(-1), now.AddHours(20), [1, 2, 3, 4]);
        using var keyed = issued.CopyWithPrivateKey(key);
        Server = X509CertificateLoader.LoadPkcs12(keyed.Export(X509ContentType.Pkcs12), null);
        Roots = [X509CertificateLoader.LoadCertificate(_root.RawData)];
    }

    /// <summary>For the server, with its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>For the client.</summary>
    public X509Certificate2Collection Roots { get; }

    public void Dispose()
    {
        _root.Dispose();
        Server.Dispose();
        Roots[0].Dispose();
    }
}
