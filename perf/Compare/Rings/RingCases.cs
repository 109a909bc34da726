using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>Events between threads.</summary>
internal static class RingCases
{
    private const string Rate = "M events/s";
    private const string Channel = "bounded Channel<T>, the faster of spinning TryRead and WaitToReadAsync";

    /// <summary>In the order of the list.</summary>
    public static IEnumerable<ComparisonCase> All =>
    [
        new("ring.sp.64B", Rate, true, Channel, "64-byte events from one producer",
            static () => new SingleProducerComparison()),
        new("ring.mp.64B", Rate, true, Channel, "64-byte events from three producers, each with its lane",
            static () => new LanesComparison()),
        new("ring.shared.64B", Rate, true, Channel, "64-byte events from three producers that share one ring",
            static () => new SharedRingComparison()),
        new("ring.pingpong", "ns p50", false, "bounded Channel<T>, spinning", "one event there and back",
            static () => new PingPongComparison()) { IsLatency = true },
    ];
}
