namespace LowLatencyQuoter.Server.Metrics;

/// <summary>Latency from a venue's message to the quote that it caused.</summary>
/// <param name="latencies">What was measured.</param>
public sealed class LatencyMetrics(LatencySampler latencies) : IMetricSource
{
    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        text.Begin(
            MetricKind.Histogram,
            "quoter_e2e_latency_seconds",
            "From the receipt of a venue's message to the quote that it caused.");
        latencies.ForEachVenue((venue, buckets) => text.Histogram(
            LatencyBuckets.Bounds, buckets.Counts, buckets.SumSeconds, ("venue", venue)));
        text.Begin(
            MetricKind.Counter,
            "quoter_e2e_latency_unsampled_total",
            "Quotes whose latency was not looked at, because too many came at once.")
            .Sample(latencies.Unsampled);
    }
}
