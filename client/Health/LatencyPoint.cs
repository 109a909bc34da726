namespace LowLatencyQuoter.Client.Health;

/// <summary>One percentile of the latency from message to quote.</summary>
/// <param name="Percentile">0 to 100; 100 is the longest.</param>
/// <param name="Micros">Microseconds.</param>
internal readonly record struct LatencyPoint(double Percentile, double Micros);
