using System;
using System.IO;
using NUnit.Framework;

namespace LowLatencyQuoter.Testing;

/// <summary>
/// Where the recorded venue traffic lies: the folder named by <c>QUOTER_CAPTURES</c>, else <c>../shared/captures</c>
/// beside the repository. Recordings are not part of the repository.
/// </summary>
public static class CaptureFolder
{
    /// <summary>The folder's full path, whether it exists or not.</summary>
    public static string Root { get; } = Path.GetFullPath(
        Environment.GetEnvironmentVariable("QUOTER_CAPTURES") is { Length: > 0 } named
            ? named
            : Path.Combine(Repository.Root, "..", "shared", "captures"));

    /// <summary>
    /// The full path of one recording, for instance <c>kraken/kraken_btcusd_l2.cbcap</c>. Skips the test, saying why,
    /// where the whole folder is missing; fails it where the folder exists and the file does not.
    /// </summary>
    public static string File(string relative)
    {
        if (!Directory.Exists(Root))
        {
            Assert.Ignore($"skipped: no captures at {Root}; set QUOTER_CAPTURES to the folder that holds them");
        }

        var path = Path.Combine(Root, relative);
        Assert.That(System.IO.File.Exists(path), Is.True, $"the captures folder exists but lacks {relative}");
        return path;
    }
}
