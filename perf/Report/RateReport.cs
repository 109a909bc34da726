using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>All windows of one offered rate.</summary>
/// <param name="OfferedPerSecond">Messages that were due a second.</param>
/// <param name="Windows">The windows in order of time, at least one.</param>
/// <param name="Phase">What else tells these windows from others of the same rate: <c>first-warm</c>; or null.</param>
internal sealed record RateReport(
    double OfferedPerSecond, IReadOnlyList<WindowReport> Windows, string? Phase = null)
{
    /// <summary>Name in files and tags: <c>10000</c>, or <c>10000-first-warm</c>.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{OfferedPerSecond:0}")
        + (Phase is null ? "" : "-" + Phase);

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
