using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Testing;

namespace LowLatencyQuoter.System.Tests.Tidy;

/// <summary>The files of the checkout that people write; what is built lies under artifacts and is left out.</summary>
internal static class SourceFiles
{
    private static readonly string[] LeftOut = ["artifacts", "bin", "obj", ".git", "node_modules", "TestResults"];

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IEnumerable<string> All(string pattern) =>
        Directory.EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
            .Select(static file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(static file => !file.Split('/').Any(static part => LeftOut.Contains(part, StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Repository.Root, file));
}
