namespace LowLatencyQuoter.Perf.Compare;

/// <summary>What one round of one side gave.</summary>
/// <param name="Value">In the case's unit; a median where operations are timed one by one or in small chunks.</param>
/// <param name="P99">The 99th percentile of the same; of rates the slow end.</param>
internal readonly record struct Figure(double Value, double? P99 = null);
