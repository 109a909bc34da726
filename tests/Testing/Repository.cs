using System;
using System.IO;

namespace LowLatencyQuoter.Testing;

/// <summary>The checkout the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds LowLatencyQuoter.sln.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LowLatencyQuoter.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no LowLatencyQuoter.sln above {AppContext.BaseDirectory}");
    }
}
