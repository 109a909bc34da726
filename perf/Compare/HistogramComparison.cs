using System;
using System.Diagnostics.Metrics;
using Histogram = LowLatencyQuoter.Engine.Metrics.Histogram;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>
/// Recording a latency, against a Meter's histogram with a listener that counts into the default buckets of
/// OpenTelemetry: without a listener a Meter records nothing.
/// </summary>
internal sealed class HistogramComparison : LoopComparison
{
    private const int ValueCount = 1 << 14;
    private const long NanosMax = 3_600_000_000_000;
    private static readonly long[] Bounds =
        [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000];

    private readonly long[] _values = new long[ValueCount];
    private readonly Histogram _ours = new(NanosMax, 3);
    private readonly Meter _meter = new("LowLatencyQuoter.Perf");
    private readonly MeterListener _listener = new();
    private readonly Histogram<long> _baseline;
    private readonly long[] _buckets = new long[Bounds.Length + 1];
    private long _sum;
    private int _ourNext;
    private int _baselineNext;

    /// <summary>Makes values like latencies: most near a microsecond, some a thousand times that.</summary>
    public HistogramComparison()
    {
        var random = new Random(7);
        foreach (ref var value in _values.AsSpan())
        {
            value = (long)(200 * Math.Exp(random.NextDouble() * random.NextDouble() * 10));
        }

        _baseline = _meter.CreateHistogram<long>("latency", "ns");
        _listener.SetMeasurementEventCallback<long>(static (_, value, _,
            state) => ((HistogramComparison)state!).Count(value));
        _listener.EnableMeasurementEvents(_baseline, this);
    }

    /// <inheritdoc/>
    public override void Check()
    {
        Ours(ValueCount);
        Baseline(ValueCount);
        var counted = 0L;
        foreach (var bucket in _buckets)
        {
            counted += bucket;
        }

        if (_ours.TotalCount != ValueCount || counted != ValueCount)
        {
            throw new ComparisonException(
                $"ours counted {_ours.TotalCount} values and the baseline {counted}, not {ValueCount} each");
        }
    }

    /// <inheritdoc/>
    public override void Ours(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            _ours.Record(_values[_ourNext]);
            _ourNext = (_ourNext + 1) & (ValueCount - 1);
        }
    }

    /// <inheritdoc/>
    public override void Baseline(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            _baseline.Record(_values[_baselineNext]);
            _baselineNext = (_baselineNext + 1) & (ValueCount - 1);
        }
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    private void Count(long value)
    {
        var index = Array.BinarySearch(Bounds, value);
        _buckets[index >= 0 ? index : ~index]++;
        _sum += value;
    }
}
