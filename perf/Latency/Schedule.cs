namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// When each message is due, whatever became of the ones before: latency counts from there, so a stall is felt by every
/// message that was due in it.
/// </summary>
/// <param name="StartNanos">When message 0 is due, on the monotonic clock.</param>
/// <param name="IntervalNanos">Time between two messages; 0: as fast as they are taken.</param>
internal readonly record struct Schedule(long StartNanos, double IntervalNanos)
{
    /// <summary>True when every message is due at once.</summary>
    public bool IsUnpaced => IntervalNanos == 0;

    /// <summary>When a message is due.</summary>
    public long IntendedNanos(long number) => StartNanos + (long)(number * IntervalNanos);
}
