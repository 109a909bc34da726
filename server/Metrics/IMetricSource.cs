namespace LowLatencyQuoter.Server.Metrics;

/// <summary>
/// Something with counters. Called at each scrape, on a pool thread, possibly by several at once: it only reads numbers
/// that others publish.
/// </summary>
public interface IMetricSource
{
    /// <summary>Writes its metrics. Names begin with <c>quoter_</c>, and each belongs to one source.</summary>
    void Write(MetricText text);
}
