using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Jitter;

/// <summary>
/// Time that a spinning thread did not run, as gaps between two looks at the clock with nothing to do in between: the
/// hypervisor, interrupts, other threads. One thread records; reading is for when it is done.
/// </summary>
[HotPath]
internal sealed class StallRecorder
{
    /// <summary>Gaps up to this are the loop's own.</summary>
    public const long ThresholdNanos = 500;

    private readonly Histogram _gaps = new(60_000_000_000, 3);

    /// <summary>Time the thread spent looking; shares are of it.</summary>
    public long WatchedNanos { get; private set; }

    /// <summary>Sum of the stalls.</summary>
    public long StalledNanos { get; private set; }

    /// <summary>The stalls.</summary>
    public Histogram Gaps => _gaps;

    /// <summary>Counts the time between two looks.</summary>
    public void Note(long earlierNanos, long nanos)
    {
        var gap = nanos - earlierNanos;
        WatchedNanos += gap;
        if (gap > ThresholdNanos)
        {
            StalledNanos += gap;
            _gaps.Record(gap);
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        _gaps.Reset();
        WatchedNanos = 0;
        StalledNanos = 0;
    }
}
