using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace LowLatencyQuoter.Perf.Compare.Decoding;

/// <summary>Decimal text to a scaled integer, digit by digit: exact, without allocation.</summary>
internal static class ScaledParse
{
    private static readonly long[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <summary>
    /// The value times 10^<see cref="DepthUpdate.Scale"/>; false when it is no number, negative or finer.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var decimals = -1;
        foreach (var letter in text)
        {
            if ((uint)(letter - '0') <= 9)
            {
                value = (value * 10) + (letter - '0');
                decimals += decimals >= 0 ? 1 : 0;
            }
            else if (letter == '.' && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return TryParseExponent(text, out value);
            }
        }

        var missing = DepthUpdate.Scale - Math.Max(decimals, 0);
        if (missing < 0 || text.Length is 0 or > 18)
        {
            return TryParseExponent(text, out value);
        }

        value *= Powers[missing];
        return true;
    }

    /// <summary>Anything but digits and a point: rare, so that it may cost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool TryParseExponent(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        if (!decimal.TryParse(Encoding.ASCII.GetString(text), NumberStyles.Float, CultureInfo.InvariantCulture,
            out var exact)
            || exact < 0)
        {
            return false;
        }

        var scaled = exact * Powers[DepthUpdate.Scale];
        value = (long)scaled;
        return value == scaled;
    }
}
