using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Compare.Shared;

/// <summary>Quotes between processes of one host.</summary>
internal static class SharedCases
{
    /// <summary>In the order of the list.</summary>
    public static IEnumerable<ComparisonCase> All =>
    [
        new("shm.read", "ns p50", false, "a pair of Unix domain sockets, spinning",
            "a quote of 10 levels from its publication on one core to the whole copy on another",
            static () => new SharedReadComparison()) { IsLatency = true },
    ];
}
