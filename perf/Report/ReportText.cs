using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using LowLatencyQuoter.Perf.Jitter;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>Reports as tables for people. Times are microseconds.</summary>
internal static class ReportText
{
    /// <summary>The percentiles that every table shows; the last is the maximum.</summary>
    public static readonly double[] Percentiles = [50, 90, 99, 99.9, 99.99, 100];

    /// <summary>Their names.</summary>
    public static readonly string[] PercentileNames = ["p50", "p90", "p99", "p99.9", "p99.99", "max"];

    /// <summary>Writes a latency report.</summary>
    public static void Write(LatencyReport report, TextWriter output)
    {
        output.WriteLine($"{report.Name}: {report.Meaning}");
        WriteFacts(report.Machine.Facts, output);
        WriteFacts(report.Conditions, output);
        foreach (var stage in report.Stages)
        {
            output.WriteLine($"  {"stage " + stage.Key,-22} {stage.Value}");
        }

        foreach (var rate in report.Rates)
        {
            WriteRate(report, rate, output);
        }

        if (report.UnpacedPerSecond.Count != 0)
        {
            var windows = string.Join(", ", Each(report.UnpacedPerSecond));
            output.WriteLine();
            output.WriteLine(Text($"unpaced: {report.UnpacedMedian:#,0} messages/s, median of {windows}"));
        }

        if (report.Saturation is { } saturation)
        {
            output.WriteLine();
            output.WriteLine(saturation.ToString());
        }

        output.WriteLine();
        WriteStalls(report.Stalls, output);
    }

    /// <summary>Writes what machines did to spinning threads.</summary>
    public static void WriteStalls(IReadOnlyList<StallReport> stalls, TextWriter output)
    {
        output.WriteLine(Text(
            $"stalls of the machine above {StallRecorder.ThresholdNanos / 1e3:0.0} us, a second by size; none is")
            + " subtracted");
        var heading = new StringBuilder(
            Text($"  {"when",-8} {"thread",-8} {"core",4} {"seconds",8} {"lost %",7} {"max us",10}"));
        foreach (var name in StallReport.ClassNames)
        {
            heading.Append(Text($" {name,9}"));
        }

        output.WriteLine(heading);
        foreach (var stall in stalls)
        {
            var row = new StringBuilder(
                Text($"  {stall.When,-8} {stall.Thread,-8} {Core(stall.Core),4} {stall.WatchedSeconds,8:0.00}")
                + Text($" {stall.Share * 100,7:0.000} {stall.Gaps.Max / 1e3,10:#,0.0}"));
            for (var size = 0; size < StallReport.Classes.Length; size++)
            {
                row.Append(Text($" {stall.PerSecondOf(size),9:0.0}"));
            }

            output.WriteLine(row);
        }
    }

    /// <summary>Writes names and values, one a line.</summary>
    public static void WriteFacts(IReadOnlyList<KeyValuePair<string, string>> facts, TextWriter output)
    {
        foreach (var fact in facts)
        {
            output.WriteLine($"  {fact.Key,-22} {fact.Value}");
        }
    }

    private static void WriteRate(LatencyReport report, RateReport rate, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(
            (rate.Phase is null ? "" : rate.Phase + ": ")
            + Text($"{rate.OfferedPerSecond:#,0} messages/s offered, {rate.AchievedMedian:#,0} through")
            + (rate.IsSustained ? "" : " (TOO MUCH)") + "; us, "
            + Text($"medians of {rate.Windows.Count} windows (max: the largest of all)"));
        var heading = new StringBuilder($"  {"stage",-10}");
        foreach (var name in PercentileNames)
        {
            heading.Append(Text($" {name,10}"));
        }

        output.WriteLine(heading);
        for (var stage = 0; stage < report.Stages.Count; stage++)
        {
            var row = new StringBuilder($"  {report.Stages[stage].Key,-10}");
            foreach (var percentile in Percentiles)
            {
                row.Append(Text($" {rate.Nanos(stage, percentile) / 1e3,10:#,0.000}"));
            }

            output.WriteLine(row);
        }

        for (var index = 0; index < rate.Windows.Count; index++)
        {
            WriteWindow(index + 1, report.Stages.Count - 1, rate.Windows[index], output);
        }

        if (rate.Stalls.Count != 0)
        {
            WriteStalls(rate.Stalls, output);
        }
    }

    private static void WriteWindow(int number, int total, WindowReport window, TextWriter output)
    {
        var stages = window.Stages[total];
        var bytes = new List<string>();
        foreach (var (thread, count) in window.AllocatedBytes)
        {
            bytes.Add(Text($"{thread} {count}"));
        }

        var stalls = new List<string>();
        foreach (var stall in window.Stalls)
        {
            stalls.Add(Text(
                $"{stall.Thread} {stall.PerSecond:0}/s {stall.Share * 100:0.00} % max {stall.Gaps.Max / 1e3:#,0} us"));
        }

        output.WriteLine(Text(
            $"  window {number}: {window.Seconds:0.00} s, {window.Messages} messages, {window.Lost} lost")
            + (window.Conflated == 0 ? "" : Text($", {window.Conflated} conflated"))
            + Text($"; total p50 {stages.ValueAtPercentile(50) / 1e3:0.000}")
            + Text($" p99 {stages.ValueAtPercentile(99) / 1e3:0.000}")
            + Text($" max {stages.Max / 1e3:#,0.0} us")
            + Text($"; gc {window.Collections}; bytes {string.Join(", ", bytes)}")
            + (stalls.Count == 0 ? "" : $"; stalls {string.Join(", ", stalls)}"));
    }

    private static IEnumerable<string> Each(IReadOnlyList<double> values)
    {
        foreach (var value in values)
        {
            yield return Text($"{value:#,0}");
        }
    }

    private static string Core(int core) => core < 0 ? "any" : core.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
