using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace LowLatencyQuoter.Testing;

/// <summary>
/// The final tops of the recordings as <c>verify_captures.py</c> finds them, an oracle in another language that lies
/// beside the captures. Run once.
/// </summary>
public static partial class VerifiedTops
{
    private static readonly Lazy<string[]> Lines = new(Run);

    /// <summary>Best bid and ask of every book of a recording, by symbol.</summary>
    public static Dictionary<string, (decimal Bid, decimal BidSize, decimal Ask, decimal AskSize)> Of(string title)
    {
        ForeignTool.Require("python3 (apt-get install python3)", "python3", "--version");
        var line = Lines.Value.Single(line => line.StartsWith($"ok   {title}: ", StringComparison.Ordinal));
        var books = line[(line.IndexOf(" best: ", StringComparison.Ordinal) + 7)..].Split("; ");
        return books.Select(book => Row().Match(book)).ToDictionary(
            match => match.Groups[1].Value,
            match => (Number(match, 2), Number(match, 3), Number(match, 4), Math.Abs(Number(match, 5))));
    }

    private static decimal Number(Match match, int group) =>
        decimal.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string[] Run()
    {
        var root = CaptureFolder.Root;
        var script = Path.Combine(root, "..", "tools", "verify_captures.py");
        Assert.That(File.Exists(script), Is.True, $"{script} lies beside the captures");
        using var process = Process.Start(new ProcessStartInfo("python3", [script, root])
        {
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(60_000))
        {
            process.Kill();
            Assert.Fail("verify_captures.py did not end within a minute");
        }

        Assert.That(process.ExitCode, Is.Zero, output.Result);
        return output.Result.Split('\n');
    }

    [GeneratedRegex(@"^(\S+) (\S+) x (\S+) \| (\S+) x (\S+)$")]
    private static partial Regex Row();
}
