using System;
using System.IO;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LowLatencyQuoter.Server.Tests.Access;

/// <summary>An authority made for one test, with PEM files of certificates that it issued.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly X509Certificate2 _root;

    public CertificateFiles()
    {
        Folder = Directory.CreateTempSubdirectory("quoter-access-").FullName;
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _root = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Roots = Write("roots.pem", _root.ExportCertificatePem());
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    /// <summary>The authority's own certificate.</summary>
    public string Roots { get; }

    /// <summary>Issues a certificate and writes it and its key, each to a file.</summary>
    public (string Certificate, string Key) Issue(string name, bool isServer, string? file = null, int hours = 20)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(isServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], false));
        var serial = RandomNumberGenerator.GetBytes(8);
        serial[0] = 1;
        using var issued = request.Create(
            _root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(hours), serial);
        return (Write($"{file ?? name}.pem", issued.ExportCertificatePem()),
            Write($"{file ?? name}.key", key.ExportPkcs8PrivateKeyPem()));
    }

    /// <summary>Writes a file that its owner alone can read.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
