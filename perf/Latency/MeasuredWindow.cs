using System.Threading;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Jitter;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// What the engine's thread measures from now on, and how far it is. Threads: the engine writes, whoever waits for the
/// end reads <see cref="Seen"/>, and the rest when all has been seen.
/// </summary>
internal sealed class MeasuredWindow
{
    private long _seen;

    /// <summary>Number of the window's first message; those before are not its own.</summary>
    public required long FirstNumber { get; init; }

    /// <summary>Messages of the window.</summary>
    public required long Count { get; init; }

    /// <summary>Receives the stamps of each message; null: none.</summary>
    public StampTable? Stamps { get; init; }

    /// <summary>Receives received to published of each message; null: nothing.</summary>
    public IntervalRecorder? Total { get; init; }

    /// <summary>
    /// What the machine does to the engine's thread while that only spins; null where it does not spin.
    /// </summary>
    public StallRecorder? Stalls { get; init; }

    /// <summary>Quotes of the window that were published.</summary>
    public long Seen
    {
        get => Volatile.Read(ref _seen);
        set => Volatile.Write(ref _seen, value);
    }

    /// <summary>When the last of them was.</summary>
    public long LastPublishedNanos { get; set; }

    /// <summary>Managed bytes the engine's thread had allocated when the window began for it.</summary>
    public long AllocatedBefore { get; set; }

    /// <summary>And when it last saw a quote.</summary>
    public long AllocatedAfter { get; set; }
}
