namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>The typical pipeline's quote, immutable.</summary>
internal sealed record TypicalQuote(TypicalRow[] Bids, TypicalRow[] Asks);
