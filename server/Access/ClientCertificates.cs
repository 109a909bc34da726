using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Access;

/// <summary>
/// Whose certificates let a client in: those of the given roots whose common name, or one of whose DNS names or whose
/// URI, is on the list. Threads: any; it never changes.
/// </summary>
internal sealed class ClientCertificates
{
    private readonly FrozenSet<string> _names;

    private ClientCertificates(X509Certificate2Collection roots, IEnumerable<string> names)
    {
        Roots = roots;
        _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Who vouches for them.</summary>
    public X509Certificate2Collection Roots { get; }

    /// <summary>Reads the roots.</summary>
    /// <exception cref="OptionsException">The file holds none.</exception>
    public static ClientCertificates Read(string rootsFile, IReadOnlyList<string> names)
    {
        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(rootsFile);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"tls.clientRoots: {rootsFile} holds no PEM certificates: {e.Message}");
        }

        return roots.Count != 0
            ? new ClientCertificates(roots, names)
            : throw new OptionsException($"tls.clientRoots: {rootsFile} holds no PEM certificates");
    }

    /// <summary>True when a handshake may go on.</summary>
    /// <param name="certificate">What the client showed, whose chain was built to the roots.</param>
    /// <param name="errors">What is wrong with that chain.</param>
    public bool Admits(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (errors != SslPolicyErrors.None || certificate is not X509Certificate2 shown)
        {
            return false;
        }

        if (_names.Count == 0)
        {
            return true;
        }

        foreach (var name in NamesOf(shown))
        {
            if (_names.Contains(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first name of a certificate that says who its client is.</summary>
    public static string NameOf(X509Certificate2 certificate)
    {
        foreach (var name in NamesOf(certificate))
        {
            return name;
        }

        return certificate.Thumbprint;
    }

    private static IEnumerable<string> NamesOf(X509Certificate2 certificate)
    {
        if (certificate.GetNameInfo(X509NameType.SimpleName, false) is { Length: > 0 } common)
        {
            yield return common;
        }

        foreach (var extension in certificate.Extensions)
        {
            if (extension is X509SubjectAlternativeNameExtension alternative)
            {
                foreach (var name in alternative.EnumerateDnsNames())
                {
                    yield return name;
                }
            }
        }

        if (certificate.GetNameInfo(X509NameType.UrlName, false) is { Length: > 0 } uri)
        {
            yield return uri;
        }
    }
}
