using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Jitter;

/// <summary>What the machine did to one spinning thread.</summary>
/// <param name="When">When it was watched: <c>before</c>, <c>during</c> or <c>after</c> the measurement.</param>
/// <param name="Thread">Whose thread it was.</param>
/// <param name="Core">The core, or -1 where it was not pinned.</param>
/// <param name="WatchedSeconds">Time it was watched.</param>
/// <param name="StalledSeconds">Time of that in which it did not run.</param>
/// <param name="Gaps">The stalls, nanoseconds.</param>
internal sealed record StallReport(
    string When, string Thread, int Core, double WatchedSeconds, double StalledSeconds, Histogram Gaps)
{
    /// <summary>Lower ends of the size classes, nanoseconds; each goes to the next, the last without end.</summary>
    public static readonly long[] Classes = [500, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];

    /// <summary>Their names.</summary>
    public static readonly string[] ClassNames = ["0.5-1us", "1-10us", "10-100us", "0.1-1ms", "1-10ms", ">10ms"];

    /// <summary>Share of the time in which the thread did not run, 0 to 1.</summary>
    public double Share => WatchedSeconds == 0 ? 0 : StalledSeconds / WatchedSeconds;

    /// <summary>Stalls a second.</summary>
    public double PerSecond => WatchedSeconds == 0 ? 0 : Gaps.TotalCount / WatchedSeconds;

    /// <summary>Makes the report of a recorder, with a copy of its stalls.</summary>
    public static StallReport Of(string when, string thread, int core, StallRecorder stalls) =>
        new(when, thread, core, stalls.WatchedNanos / 1e9, stalls.StalledNanos / 1e9, stalls.Gaps.Copy());

    /// <summary>Two reports of one thread as one.</summary>
    public StallReport Plus(StallReport other)
    {
        var gaps = Gaps.Copy();
        gaps.Add(other.Gaps);
        return this with
        {
            WatchedSeconds = WatchedSeconds + other.WatchedSeconds,
            StalledSeconds = StalledSeconds + other.StalledSeconds,
            Gaps = gaps,
        };
    }

    /// <summary>Stalls a second of one size class.</summary>
    public double PerSecondOf(int sizeClass)
    {
        if (WatchedSeconds == 0)
        {
            return 0;
        }

        var layout = Gaps.Layout;
        var last = sizeClass == Classes.Length - 1 ? layout.CountsLength : layout.IndexOf(Classes[sizeClass + 1]);
        var count = 0L;
        for (var index = layout.IndexOf(Classes[sizeClass]); index < last; index++)
        {
            count += Gaps.Counts[index];
        }

        return count / WatchedSeconds;
    }
}
