using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Jitter;

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

    /// <summary>True where the search for saturation chose the rate, and not whoever asked for the run.</summary>
    public bool IsSearched { get; init; }

    /// <summary>True where windows did not keep up and the rate was therefore measured again.</summary>
    public bool IsRetried { get; init; }

    /// <summary>
    /// What the machine did to spinning threads right behind these windows; empty where nobody looked.
    /// </summary>
    public IReadOnlyList<StallReport> StallsBehind { get; init; } = [];

    /// <summary>
    /// What the machine did meanwhile to the hot threads that spin, all windows together, and right behind them.
    /// </summary>
    public IReadOnlyList<StallReport> Stalls
    {
        get
        {
            var sums = new List<StallReport>();
            foreach (var window in Windows)
            {
                foreach (var stall in window.Stalls)
                {
                    var at = sums.FindIndex(sum => sum.Thread == stall.Thread && sum.When == stall.When);
                    if (at < 0)
                    {
                        sums.Add(stall);
                    }
                    else
                    {
                        sums[at] = sums[at].Plus(stall);
                    }
                }
            }

            return [.. sums, .. StallsBehind];
        }
    }

    /// <summary>True when half of the windows or more kept up with what was offered.</summary>
    public bool IsSustained
    {
        get
        {
            var kept = 0;
            foreach (var window in Windows)
            {
                kept += window.KeepsUpWith(OfferedPerSecond) ? 1 : 0;
            }

            return 2 * kept >= Windows.Count;
        }
    }

    /// <summary>Messages a second that came through, the median of the windows.</summary>
    public double AchievedMedian => Medians.Of([.. Each(static window => window.AchievedPerSecond)]);

    /// <summary>Garbage collections, all windows together.</summary>
    public GcCounts Collections
    {
        get
        {
            var sum = default(GcCounts);
            foreach (var window in Windows)
            {
                sum = sum.Plus(window.Collections);
            }

            return sum;
        }
    }

    /// <summary>Messages lost, all windows together.</summary>
    public long Lost
    {
        get
        {
            var lost = 0L;
            foreach (var window in Windows)
            {
                lost += window.Lost;
            }

            return lost;
        }
    }

    /// <summary>Managed bytes that the hot threads allocated, all windows and threads together.</summary>
    public long AllocatedBytes
    {
        get
        {
            var sum = 0L;
            foreach (var window in Windows)
            {
                foreach (var (_, bytes) in window.AllocatedBytes)
                {
                    sum += bytes;
                }
            }

            return sum;
        }
    }

    /// <summary>
    /// The median over the windows of a percentile of one stage, nanoseconds; of 100 the maximum of all.
    /// </summary>
    public double Nanos(int stage, double percentile) => percentile >= 100
        ? Merged(stage).Max
        : Medians.Of([.. Each(window => window.Stages[stage].ValueAtPercentile(percentile))]);

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

    private IEnumerable<double> Each(System.Func<WindowReport, double> figure)
    {
        foreach (var window in Windows)
        {
            yield return figure(window);
        }
    }
}
