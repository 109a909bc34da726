using System;
using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Engine.Metrics;

/// <summary>
/// Counts values, usually nanoseconds, in the buckets of <see cref="HistogramLayout"/>: recording is one index and one
/// increment, whatever the value. Everything that is asked later (count, extremes, mean, percentiles) is worked out
/// from the buckets, exactly as HdrHistogram does, and costs a pass over them.
/// A value without a bucket never throws: below zero it is counted as 0, above <see cref="HistogramLayout.Ceiling"/> in
/// the last bucket, and <see cref="BelowRangeCount"/> and <see cref="AboveRangeCount"/> tell how many those were.
/// Threads: one at a time; <see cref="IntervalRecorder"/> lets a second one report.
/// </summary>
public sealed class Histogram
{
    private readonly HistogramLayout _layout;
    private readonly long[] _counts;

    /// <summary>An empty histogram from 1 up.</summary>
    /// <param name="highestTrackable">The largest value to be kept to the promised digits, at least 2.</param>
    /// <param name="significantDigits">Decimal digits that stay exact, 1 to 5.</param>
    public Histogram(long highestTrackable, int significantDigits)
        : this(new HistogramLayout(1, highestTrackable, significantDigits))
    {
    }

    /// <summary>An empty histogram with these buckets.</summary>
    public Histogram(in HistogramLayout layout)
    {
        if (layout.CountsLength == 0)
        {
            throw new ArgumentException("the layout has no buckets: make it with its constructor", nameof(layout));
        }

        _layout = layout;
        _counts = GC.AllocateArray<long>(layout.CountsLength, pinned: true);   // never moved while it is written
    }

    /// <summary>The buckets.</summary>
    public ref readonly HistogramLayout Layout => ref _layout;

    /// <summary>One counter per bucket, by <see cref="HistogramLayout.IndexOf"/>.</summary>
    public ReadOnlySpan<long> Counts => _counts;

    /// <summary>Count of recorded values above the ceiling; they are counted in the last bucket.</summary>
    public long AboveRangeCount { get; private set; }

    /// <summary>Count of recorded values below zero; they are counted as zero.</summary>
    public long BelowRangeCount { get; private set; }

    /// <summary>Count of all recorded values.</summary>
    public long TotalCount
    {
        get
        {
            var total = 0L;
            foreach (var count in _counts)
            {
                total += count;
            }

            return total;
        }
    }

    /// <summary>The lower end of the lowest bucket in use; 0 when nothing was recorded.</summary>
    public long Min => _counts.AsSpan().IndexOfAnyExcept(0L) is >= 0 and var first ? _layout.LowestAt(first) : 0;

    /// <summary>The upper end of the highest bucket in use; 0 when nothing was recorded.</summary>
    public long Max => _counts.AsSpan().LastIndexOfAnyExcept(0L) is >= 0 and var last ? _layout.HighestAt(last) : 0;

    /// <summary>The mean, every value taken as the middle of its bucket; 0 when nothing was recorded.</summary>
    public double Mean
    {
        get
        {
            var total = 0L;
            var sum = 0.0;
            for (var index = 0; index < _counts.Length; index++)
            {
                if (_counts[index] is not 0 and var count)
                {
                    total += count;
                    sum += (double)_layout.MedianAt(index) * count;
                }
            }

            return total == 0 ? 0 : sum / total;
        }
    }

    /// <summary>
    /// The standard deviation of all values, taken as for <see cref="Mean"/>; 0 when nothing was recorded.
    /// </summary>
    public double StandardDeviation
    {
        get
        {
            var mean = Mean;
            var total = 0L;
            var sum = 0.0;
            for (var index = 0; index < _counts.Length; index++)
            {
                if (_counts[index] is not 0 and var count)
                {
                    var deviation = _layout.MedianAt(index) - mean;
                    total += count;
                    sum += deviation * deviation * count;
                }
            }

            return total == 0 ? 0 : Math.Sqrt(sum / total);
        }
    }

    /// <summary>Counts a value.</summary>
    [HotPath]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Record(long value)
    {
        if ((ulong)value > (ulong)_layout.Ceiling)
        {
            RecordOutOfRange(value, 1);
            return;
        }

        _counts[_layout.IndexOf(value)]++;
    }

    /// <summary>Counts a value so many times.</summary>
    [HotPath]
    public void RecordCount(long value, long count)
    {
        if ((ulong)value > (ulong)_layout.Ceiling)
        {
            RecordOutOfRange(value, count);
            return;
        }

        _counts[_layout.IndexOf(value)] += count;
    }

    /// <summary>
    /// Counts a value and those that a measurement which waited for it has omitted: value - interval, value - 2
    /// intervals, and so on down to the interval. Values that share a bucket are added at once, so that a long stall
    /// costs no more than the buckets below it.
    /// </summary>
    /// <param name="value">The value that was measured.</param>
    /// <param name="expectedInterval">The interval at which values were due; 0 or less corrects nothing.</param>
    [HotPath]
    public void RecordCorrected(long value, long expectedInterval)
    {
        Record(value);
        if (expectedInterval <= 0 || value < expectedInterval)
        {
            return;
        }

        var missing = value - expectedInterval;
        if (missing > _layout.Ceiling && missing >= expectedInterval)
        {
            var floor = Math.Max(_layout.Ceiling + 1, expectedInterval);
            var above = ((missing - floor) / expectedInterval) + 1;
            RecordOutOfRange(missing, above);
            missing -= above * expectedInterval;
        }

        while (missing >= expectedInterval)
        {
            var index = _layout.IndexOf(missing);
            var floor = Math.Max(_layout.LowestAt(index), expectedInterval);
            var count = ((missing - floor) / expectedInterval) + 1;
            _counts[index] += count;
            missing -= count * expectedInterval;
        }
    }

    /// <summary>
    /// The smallest value below or at which this percentage of all values lies: the upper end of its bucket, or the
    /// lower one for 0; 0 when nothing was recorded.
    /// </summary>
    /// <param name="percentile">0 to 100; what lies outside is taken as the nearer end.</param>
    public long ValueAtPercentile(double percentile)
    {
        // One step down: a percentile whose product is a hair above a whole count must not reach for the next value.
        var wanted = Math.Clamp(Math.BitDecrement(percentile), 0.0, 100.0);
        var due = Math.Max((long)Math.Ceiling(wanted * TotalCount / 100.0), 1);
        var passed = 0L;
        for (var index = 0; index < _counts.Length; index++)
        {
            passed += _counts[index];
            if (passed >= due)
            {
                return percentile == 0.0 ? _layout.LowestAt(index) : _layout.HighestAt(index);
            }
        }

        return 0;
    }

    /// <summary>
    /// Count of values from the bucket of <paramref name="low"/> to that of <paramref name="high"/>, both whole.
    /// </summary>
    public long CountBetween(long low, long high)
    {
        var first = _layout.IndexOf(Math.Clamp(low, 0, _layout.Ceiling));
        var last = _layout.IndexOf(Math.Clamp(high, 0, _layout.Ceiling));
        var total = 0L;
        for (var index = first; index <= last; index++)
        {
            total += _counts[index];
        }

        return total;
    }

    /// <summary>
    /// Adds all that <paramref name="other"/> counted. Different buckets are brought over by their lower ends.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The other holds values above this one's ceiling; nothing was added.
    /// </exception>
    public void Add(Histogram other)
    {
        if (other.Max > _layout.Ceiling)
        {
            throw new ArgumentException(
                $"the other histogram reaches {other.Max}, this one {_layout.Ceiling}: add to one of the larger range",
                nameof(other));
        }

        var same = other._layout == _layout;
        for (var index = 0; index < other._counts.Length; index++)
        {
            if (other._counts[index] is not 0 and var count)
            {
                _counts[same ? index : _layout.IndexOf(other._layout.LowestAt(index))] += count;
            }
        }

        AboveRangeCount += other.AboveRangeCount;
        BelowRangeCount += other.BelowRangeCount;
    }

    /// <summary>Forgets everything.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        AboveRangeCount = 0;
        BelowRangeCount = 0;
    }

    /// <summary>A second one with the same counts.</summary>
    public Histogram Copy()
    {
        var copy = new Histogram(_layout);
        copy.Add(this);
        return copy;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RecordOutOfRange(long value, long count)
    {
        if (value < 0)
        {
            BelowRangeCount += count;
            _counts[0] += count;
            return;
        }

        AboveRangeCount += count;
        _counts[^1] += count;
    }
}
