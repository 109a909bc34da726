namespace LowLatencyQuoter.Server.Metrics;

/// <summary>What a histogram of latencies says in short; nanoseconds, all 0 when nothing was counted.</summary>
/// <param name="Count">Latencies counted.</param>
/// <param name="P50">Half of them are no longer than this.</param>
/// <param name="P99">99 of 100 are no longer.</param>
/// <param name="Max">The longest.</param>
public readonly record struct LatencySummary(long Count, long P50, long P99, long Max);
