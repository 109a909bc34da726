using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LowLatencyQuoter.Exchange.Commands;

/// <summary>Reads a certificate and its key from PEM files.</summary>
internal static class PemCertificate
{
    /// <summary>The certificate; null when neither file is given.</summary>
    /// <exception cref="ExchangeConfigurationException">Only one is given, or they cannot be read; named.</exception>
    public static X509Certificate2? Load(string? certificate, string? key)
    {
        if (certificate is null && key is null)
        {
            return null;
        }

        if (certificate is null || key is null)
        {
            throw new ExchangeConfigurationException("--cert and --key belong together: give both");
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception exception)
            when (exception is IOException or CryptographicException or UnauthorizedAccessException)
        {
            throw new ExchangeConfigurationException(
                $"cannot read the certificate {certificate} with the key {key}: "
                + exception.Message.ReplaceLineEndings(" "));
        }
    }
}
