using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>The certificates to trust in place of the system's.</summary>
internal static class TrustedRoots
{
    /// <summary>Reads them; null without a file.</summary>
    /// <exception cref="OptionsException">The file holds none.</exception>
    public static X509Certificate2Collection? Read(string? file)
    {
        if (file is null)
        {
            return null;
        }

        var roots = new X509Certificate2Collection();
        try
        {
            roots.ImportFromPemFile(file);
        }
        catch (CryptographicException e)
        {
            throw new OptionsException($"trustedRoots: {file} holds no PEM certificates: {e.Message}");
        }

        return roots.Count != 0 ? roots : throw new OptionsException($"trustedRoots: {file} holds no PEM certificates");
    }
}
