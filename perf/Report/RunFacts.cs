using System;
using System.Buffers;
using System.Collections.Generic;
using System.CommandLine;
using LowLatencyQuoter.Perf.Machine;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>What was run: the rows with which a reader can run it again.</summary>
internal static class RunFacts
{
    private const string Program = "dotnet run -c Release --project perf --";
    private static readonly SearchValues<char> Special = SearchValues.Create(" *?'\"$");

    /// <summary>The commit and the command, in the order to be shown.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(MachineFacts machine, ParseResult parsed) =>
        [new("commit", machine.Commit), new("command", Command(parsed))];

    /// <summary>The command line with exactly these arguments, as a shell takes it.</summary>
    public static string Command(ParseResult parsed)
    {
        var parts = new List<string> { Program };
        foreach (var token in parsed.Tokens)
        {
            parts.Add(Quoted(token.Value));
        }

        return string.Join(' ', parts);
    }

    private static string Quoted(string argument) => argument.Length != 0 && argument.AsSpan().IndexOfAny(Special) < 0
        ? argument
        : $"'{argument.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
