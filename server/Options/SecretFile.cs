using System;
using System.IO;

namespace LowLatencyQuoter.Server.Options;

/// <summary>A file whose content is a secret of its owner.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads it.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="setting">The setting that names it, for the error.</param>
    /// <param name="remedy">What is to be done besides when others could read it.</param>
    /// <exception cref="OptionsException">It cannot be read, or others can read or change it.</exception>
    public static string Read(string file, string setting, string remedy)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
            {
                throw new OptionsException($"{setting}: others may read or change {file}: chmod 600 it, and {remedy}");
            }

            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OptionsException($"{setting}: {file} cannot be read: {e.Message}");
        }
    }
}
