using System.Collections.Generic;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>All windows of one offered rate.</summary>
/// <param name="OfferedPerSecond">Messages that were due a second.</param>
/// <param name="Windows">The windows in order of time, at least one.</param>
internal sealed record RateReport(double OfferedPerSecond, IReadOnlyList<WindowReport> Windows)
{
    /// <summary>The median over the windows of a percentile of one stage, nanoseconds.</summary>
    public double MedianNanos(int stage, double percentile)
    {
        var values = new List<double>();
        foreach (var window in Windows)
        {
            values.Add(window.Stages[stage].ValueAtPercentile(percentile));
        }

        return Median.Of(values);
    }

    /// <summary>All windows of one stage together.</summary>
    public Histogram Merged(int stage)
    {
        var merged = new Histogram(Windows[0].Stages[stage].Layout);
        foreach (var window in Windows)
        {
            merged.Add(window.Stages[stage]);
        }

        return merged;
    }

    /// <summary>Messages a second that came through, the median of the windows.</summary>
    public double AchievedMedian
    {
        get
        {
            var values = new List<double>();
            foreach (var window in Windows)
            {
                values.Add(window.AchievedPerSecond);
            }

            return Median.Of(values);
        }
    }
}
