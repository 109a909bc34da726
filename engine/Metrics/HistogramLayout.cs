using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Engine.Metrics;

/// <summary>
/// Which values share a bucket, by the rules of HdrHistogram: sub-buckets of equal width in buckets whose width
/// doubles, so that a value is known to the promised count of significant digits wherever it lies.
/// <code>
/// index 0 .. S-1   width 2^U                       S sub-buckets (a power of two), U = log2 of the lowest
/// then S/2 each    width 2^(U+1), 2^(U+2), ...      the upper half only: the lower one is covered before
/// </code>
/// </summary>
public readonly record struct HistogramLayout
{
    private readonly long _subBucketMask;
    private readonly int _leadingZeroBase;
    private readonly int _unitMagnitude;
    private readonly int _halfMagnitude;

    /// <summary>Works the buckets out.</summary>
    /// <param name="lowestDiscernible">
    /// Values closer than this need not be told apart; 1 to 2^62, taken as the power of two at or below.
    /// </param>
    /// <param name="highestTrackable">
    /// The largest value to be kept to the promised digits, at least twice the lowest.
    /// </param>
    /// <param name="significantDigits">Decimal digits that stay exact, 1 to 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A parameter is out of its range, or the range and the digits do not fit 63 bits.
    /// </exception>
    public HistogramLayout(long lowestDiscernible, long highestTrackable, int significantDigits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lowestDiscernible, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lowestDiscernible, long.MaxValue / 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(highestTrackable, 2 * lowestDiscernible);
        ArgumentOutOfRangeException.ThrowIfLessThan(significantDigits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(significantDigits, 5);

        var singleUnit = 2;
        for (var digit = 0; digit < significantDigits; digit++)
        {
            singleUnit *= 10;
        }

        var magnitude = BitOperations.Log2((uint)singleUnit - 1) + 1;
        _unitMagnitude = BitOperations.Log2((ulong)lowestDiscernible);
        if (magnitude + _unitMagnitude > 62)
        {
            throw new ArgumentOutOfRangeException(
                nameof(lowestDiscernible),
                lowestDiscernible,
                $"too large for {significantDigits} significant digits: take a smaller lowest value or fewer digits");
        }

        LowestDiscernible = lowestDiscernible;
        HighestTrackable = highestTrackable;
        SignificantDigits = significantDigits;
        SubBucketCount = 1 << magnitude;
        _halfMagnitude = magnitude - 1;
        _subBucketMask = (SubBucketCount - 1L) << _unitMagnitude;
        _leadingZeroBase = 64 - _unitMagnitude - magnitude;
        BucketCount = BitOperations.Log2((ulong)(highestTrackable | _subBucketMask)) + 2 - _unitMagnitude - magnitude;
        CountsLength = (BucketCount + 1) << _halfMagnitude;
        Ceiling = HighestAt(CountsLength - 1);
    }

    /// <summary>The smallest difference that is told apart near zero.</summary>
    public long LowestDiscernible { get; }

    /// <summary>The largest value that was asked for.</summary>
    public long HighestTrackable { get; }

    /// <summary>Decimal digits that stay exact.</summary>
    public int SignificantDigits { get; }

    /// <summary>Count of buckets, each twice as wide as the one before.</summary>
    public int BucketCount { get; }

    /// <summary>Count of sub-buckets per bucket, a power of two.</summary>
    public int SubBucketCount { get; }

    /// <summary>Count of counters.</summary>
    public int CountsLength { get; }

    /// <summary>
    /// The largest value that has a counter; at least <see cref="HighestTrackable"/>, as buckets come whole.
    /// </summary>
    public long Ceiling { get; }

    /// <summary>The counter of a value from 0 to <see cref="Ceiling"/>.</summary>
    [HotPath]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int IndexOf(long value)
    {
        var bucket = _leadingZeroBase - BitOperations.LeadingZeroCount((ulong)(value | _subBucketMask));
        return (bucket << _halfMagnitude) + (int)(value >> (bucket + _unitMagnitude));
    }

    /// <summary>The smallest value that the counter counts.</summary>
    public long LowestAt(int index)
    {
        var bucket = Math.Max((index >> _halfMagnitude) - 1, 0);
        return ((long)index - (bucket << _halfMagnitude)) << (bucket + _unitMagnitude);
    }

    /// <summary>The largest value that the counter counts.</summary>
    public long HighestAt(int index) => LowestAt(index) + (WidthAt(index) - 1);

    /// <summary>The middle of what the counter counts, which stands for all of it in sums.</summary>
    public long MedianAt(int index) => LowestAt(index) + (WidthAt(index) >> 1);

    /// <summary>Count of different values that the counter counts, a power of two.</summary>
    public long WidthAt(int index) => 1L << (Math.Max((index >> _halfMagnitude) - 1, 0) + _unitMagnitude);
}
