using System;
using System.IO;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>
/// A part of a Markdown file that a measurement writes anew: what stands between <c>&lt;!-- NAME --&gt;</c> and
/// <c>&lt;!-- /NAME --&gt;</c>, each on a line of its own.
/// </summary>
internal static class MarkdownSection
{
    /// <summary>Puts the text between the marks of a file.</summary>
    /// <exception cref="PerfException">The file is not there or has no such marks.</exception>
    public static void Replace(string file, string name, string text)
    {
        Require(file, name);
        var document = File.ReadAllText(file);
        var (from, to) = Find(document, name);
        File.WriteAllText(file, document[..from] + "\n\n" + text.Trim() + "\n\n" + document[to..]);
    }

    /// <summary>Throws where nothing could be put: better before the measurement than after it.</summary>
    /// <exception cref="PerfException">The file is not there or has no such marks.</exception>
    public static void Require(string file, string name)
    {
        var document = File.Exists(file) ? File.ReadAllText(file) : throw new PerfException($"--into: no file {file}");
        var (from, to) = Find(document, name);
        if (from < 0 || to < from)
        {
            throw new PerfException(
                $"--into: {file} has no place for it; write the lines '{Begin(name)}' and '{End(name)}' where "
                + "it is to be");
        }
    }

    private static (int From, int To) Find(string document, string name)
    {
        var begin = document.IndexOf(Begin(name), StringComparison.Ordinal);
        return begin < 0
            ? (-1, -1)
            : (begin + Begin(name).Length, document.IndexOf(End(name), begin, StringComparison.Ordinal));
    }

    private static string Begin(string name) => $"<!-- {name} -->";

    private static string End(string name) => $"<!-- /{name} -->";
}
