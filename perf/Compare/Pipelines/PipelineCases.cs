using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>The whole path.</summary>
internal static class PipelineCases
{
    private const string Typical = "Utf8JsonReader with decimal, bounded Channel<T>, SortedDictionary, LINQ";

    /// <summary>In the order of the list.</summary>
    public static IEnumerable<ComparisonCase> All =>
    [
        new("pipeline.tick-to-quote", "ns/message", false, Typical,
            "a 20-level diff to the quote of ten venues, on one thread", static () => new TickToQuoteComparison())
        {
            IsLatency = true,
        },
        new("pipeline.throughput", "M messages/s", true, Typical, "the same over a reader's and an engine's thread",
            static () => new PipelineThroughputComparison()),
    ];
}
