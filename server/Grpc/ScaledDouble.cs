using System;
using System.Diagnostics;
using System.Globalization;
using LowLatencyQuoter.Engine;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// The double nearest to a scaled integer, ties to even: the same that parsing its decimal text gives.
/// </summary>
[HotPath]
internal static class ScaledDouble
{
    private const long ExactMax = 1L << 53;
    private const int TextBytes = 32;   // sign, 19 digits, E-18

    private static ReadOnlySpan<double> PowersOfTen =>
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18];

    /// <summary><c>mantissa / 10^scale</c>; the scale is 0 to 18.</summary>
    public static double From(long mantissa, int scale)
    {
        // Both operands are exact as doubles (10^22 is the largest exact power), so that one division rounds once.
        return mantissa is >= -ExactMax and <= ExactMax
            ? mantissa / PowersOfTen[scale]
            : FromText(mantissa, scale);
    }

    private static double FromText(long mantissa, int scale)
    {
        Span<byte> text = stackalloc byte[TextBytes];
        mantissa.TryFormat(text, out var digits, default, CultureInfo.InvariantCulture);
        text[digits++] = (byte)'E';
        (-scale).TryFormat(text[digits..], out var exponent, default, CultureInfo.InvariantCulture);
        var read = double.TryParse(
            text[..(digits + exponent)], NumberStyles.Float, CultureInfo.InvariantCulture, out var value);
        Debug.Assert(read, "an integer with an exponent is a number");
        return value;
    }
}
