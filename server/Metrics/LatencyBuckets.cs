using System;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>
/// Latencies since the start in the few fixed buckets of a Prometheus histogram: these never change, so that series of
/// different days and versions can be added and compared. Threads: one at a time.
/// </summary>
internal sealed class LatencyBuckets
{
    private const double NanosPerSecond = 1e9;

    private readonly long[] _counts = new long[Bounds.Length + 1];
    private long _sumNanos;

    /// <summary>Upper bounds in seconds, each bucket with its bound; one more bucket holds what is above all.</summary>
    public static ReadOnlySpan<double> Bounds =>
    [
        1e-6, 2.5e-6, 5e-6, 1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 1e-2, 2.5e-2, 5e-2, 0.1, 0.25,
        1, 2.5,
    ];

    /// <summary>Latencies of each bucket, the last one without a bound.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>All latencies added up.</summary>
    public double SumSeconds => _sumNanos / NanosPerSecond;

    /// <summary>Counts a latency, in nanoseconds.</summary>
    public void Record(long nanos)
    {
        var seconds = nanos / NanosPerSecond;
        var bucket = 0;
        while (bucket < Bounds.Length && seconds > Bounds[bucket])
        {
            bucket++;
        }

        _counts[bucket]++;
        _sumNanos += nanos;
    }
}
