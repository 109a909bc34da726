using System;

namespace LowLatencyQuoter.Engine.Model;

/// <summary>Powers of ten and exact changes of scale. A scale is a count of decimal digits, 0 to 18.</summary>
public static class Scale
{
    /// <summary>The finest scale a 64-bit integer can carry with at least one integral digit.</summary>
    public const int Max = 18;

    private static ReadOnlySpan<long> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    /// <summary>10 to the power of <paramref name="scale"/>, which must be 0 to <see cref="Max"/>.</summary>
    public static long Power(int scale) => PowersOfTen[scale];

    /// <summary>
    /// Multiplies by a power of ten from <see cref="Power"/>; false when the product does not fit 64 bits.
    /// </summary>
    [HotPath]
    public static bool TryMultiply(long value, long power, out long product)
    {
        var high = Math.BigMul(value, power, out product);
        return high == product >> 63;
    }

    /// <summary>Brings a value from one scale to a finer or equal one; false when it does not fit 64 bits.</summary>
    public static bool TryWiden(long value, int from, int to, out long widened)
    {
        if (to < from || to > Max)
        {
            widened = 0;
            return false;
        }

        return TryMultiply(value, Power(to - from), out widened);
    }
}
