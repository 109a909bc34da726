using System;
using System.Collections.Generic;
using System.IO;
using LowLatencyQuoter.Perf.Jitter;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>Reports as Markdown tables with every condition, ready for a document. Times are microseconds.</summary>
internal static class ReportMarkdown
{
    /// <summary>Writes a latency report.</summary>
    public static void Write(LatencyReport report, TextWriter output)
    {
        output.WriteLine(Text($"`{report.Name}`, {report.Started:yyyy-MM-dd}: {report.Meaning}."));
        output.WriteLine("Microseconds; medians of the windows, of the maximum the largest; nothing is left out.");
        output.WriteLine();
        WriteRates(report, output);
        if (report.UnpacedPerSecond.Count != 0)
        {
            output.WriteLine();
            output.WriteLine(Text($"Unpaced: {report.UnpacedMedian:#,0} messages/s."));
        }

        if (report.Saturation is { } saturation)
        {
            output.WriteLine();
            output.WriteLine(Capital(saturation.ToString()) + ".");
        }

        output.WriteLine();
        output.WriteLine(Text(
            $"Stalls of the machine above {StallRecorder.ThresholdNanos / 1e3:0.0} us in threads that only spin, ")
            + "a second by size; none is subtracted:");
        output.WriteLine();
        WriteStalls(report, output);
        output.WriteLine();
        Row(output, "condition", "");
        Row(output, "---", "---");
        foreach (var facts in (IReadOnlyList<KeyValuePair<string, string>>[])
            [report.Machine.Facts, report.Conditions, report.Stages])
        {
            foreach (var (name, fact) in facts)
            {
                Row(output, ReferenceEquals(facts, report.Stages) ? $"stage {name}" : name, fact);
            }
        }
    }

    private static void WriteRates(LatencyReport report, TextWriter output)
    {
        Row(output, ["offered/s", "through/s", "stage", .. ReportText.PercentileNames, "GC 0/1/2", "bytes", "lost"]);
        Row(output, ["---:", "---:", "---", .. Repeated("---:", ReportText.PercentileNames.Length + 3)]);
        foreach (var rate in report.Rates)
        {
            for (var stage = 0; stage < report.Stages.Count; stage++)
            {
                // what belongs to the whole rate stands in the row of the sum
                var isSum = stage == report.Stages.Count - 1;
                var cells = new List<string>
                {
                    isSum ? Text($"{rate.OfferedPerSecond:#,0}") + (rate.Phase is null ? "" : $" {rate.Phase}") : "",
                    isSum ? Text($"{rate.AchievedMedian:#,0}") : "",
                    isSum ? $"**{report.Stages[stage].Key}**" : report.Stages[stage].Key,
                };
                foreach (var percentile in ReportText.Percentiles)
                {
                    cells.Add(Text($"{rate.Nanos(stage, percentile) / 1e3:#,0.00}"));
                }

                cells.AddRange(isSum
                    ? [rate.Collections.ToString(), Text($"{rate.AllocatedBytes}"), Text($"{rate.Lost}")]
                    : ["", "", ""]);
                Row(output, [.. cells]);
            }
        }
    }

    private static void WriteStalls(LatencyReport report, TextWriter output)
    {
        Row(output, ["rate", "when", "thread", "core", "seconds", "lost %", "max", .. StallReport.ClassNames]);
        Row(output, ["---:", "---", "---", .. Repeated("---:", 4 + StallReport.ClassNames.Length)]);
        foreach (var stall in report.Stalls)
        {
            WriteStall("", stall, output);
        }

        foreach (var rate in report.Rates)
        {
            foreach (var stall in rate.Stalls)
            {
                WriteStall(Text($"{rate.OfferedPerSecond:#,0}"), stall, output);
            }
        }
    }

    private static void WriteStall(string rate, StallReport stall, TextWriter output)
    {
        var cells = new List<string>
        {
            rate,
            stall.When,
            stall.Thread,
            stall.Core < 0 ? "any" : Text($"{stall.Core}"),
            Text($"{stall.WatchedSeconds:0.0}"),
            Text($"{stall.Share * 100:0.000}"),
            Text($"{stall.Gaps.Max / 1e3:#,0.0}"),
        };
        for (var size = 0; size < StallReport.Classes.Length; size++)
        {
            cells.Add(Text($"{stall.PerSecondOf(size):0.0}"));
        }

        Row(output, [.. cells]);
    }

    private static void Row(TextWriter output, params string[] cells) =>
        output.WriteLine("| " + string.Join(" | ", Array.ConvertAll(cells, Escaped)) + " |");

    // a bar would end the cell, a line break the row
    private static string Escaped(string cell) =>
        cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    private static string[] Repeated(string cell, int count)
    {
        var cells = new string[count];
        Array.Fill(cells, cell);
        return cells;
    }

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
