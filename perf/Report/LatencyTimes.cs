using System.Collections.Generic;
using System.Globalization;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>The times of a latency report that a baseline keeps: by measurement, rate, stage and percentile.</summary>
internal static class LatencyTimes
{
    private const string Unit = "ns";
    private static readonly int[] Shown = [0, 2];

    /// <summary>
    /// Those of a report; rates that a search chose are left out, since the next one will try others.
    /// </summary>
    public static IReadOnlyList<BaselineFigure> Of(LatencyReport report)
    {
        var times = new List<BaselineFigure>();
        foreach (var rate in report.Rates)
        {
            if (!rate.IsSearched)
            {
                AddRate(times, report, rate);
            }
        }

        if (report.UnpacedPerSecond.Count != 0)
        {
            times.Add(new($"{report.Name} unpaced, a message", 1e9 / report.UnpacedMedian, Unit));
        }

        if (report.Saturation is { SustainedPerSecond: > 0 and var sustained })
        {
            times.Add(new($"{report.Name} sustained, a message", 1e9 / sustained, Unit));
        }

        return times;
    }

    private static void AddRate(List<BaselineFigure> times, LatencyReport report, RateReport rate)
    {
        var measured = string.Create(CultureInfo.InvariantCulture, $"{report.Name} {rate.OfferedPerSecond:0}/s")
            + (rate.Phase is null ? "" : " " + rate.Phase);
        for (var stage = 0; stage < report.Stages.Count; stage++)
        {
            foreach (var percentile in Shown)
            {
                times.Add(new(
                    $"{measured} {report.Stages[stage].Key} {ReportText.PercentileNames[percentile]}",
                    rate.Nanos(stage, ReportText.Percentiles[percentile]),
                    Unit));
            }
        }
    }
}
