namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>A row of the typical quote.</summary>
internal sealed record TypicalRow(int Venue, decimal Price, decimal Amount);
