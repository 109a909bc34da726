namespace LowLatencyQuoter.Server.Metrics;

/// <summary>What a metric's number means.</summary>
public enum MetricKind
{
    /// <summary>Only grows while the process lives; its name ends in <c>_total</c>.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts of values in buckets, their sum and their number; each only grows.</summary>
    Histogram,
}
