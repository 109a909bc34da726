using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Perf.Latency.Marks;

/// <summary>The product's pipeline, whose books tell when a message was applied.</summary>
internal sealed class MarkedPipeline : BookPipeline<MonotonicClock, MarkedBids, LadderSide<AskSide>>
{
    /// <summary>Wires the pipeline.</summary>
    public MarkedPipeline(BookTable table, PipelineOptions options)
        : base(table, options, default)
    {
        foreach (ref var book in Books.AsSpan())
        {
            book.Bids.Marks = Marks;
        }
    }

    /// <summary>The times, for the engine's thread.</summary>
    public AppliedMarks Marks { get; } = new();
}
