using System.Threading;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>What is measured from now on. Threads: counts are written by the client's, read by any.</summary>
internal sealed class WireWindow
{
    private long _seen;

    /// <summary>Number of the window's first message.</summary>
    public required long FirstNumber { get; init; }

    /// <summary>Messages of the window.</summary>
    public required int Count { get; init; }

    /// <summary>Receives the stamps.</summary>
    public required WireStamps Stamps { get; init; }

    /// <summary>Messages that the client has, by themselves or in a newer quote.</summary>
    public long Seen
    {
        get => Volatile.Read(ref _seen);
        set => Volatile.Write(ref _seen, value);
    }

    /// <summary>Of those, the ones it has only in a newer quote.</summary>
    public long Conflated { get; set; }
}
