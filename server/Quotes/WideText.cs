using System;
using System.Globalization;
using LowLatencyQuoter.Engine;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>128-bit scaled integers as exact decimal text, for numbers that do not fit 64 bits.</summary>
[HotPath]
internal static class WideText
{
    /// <summary>Bytes that any value needs at most: sign, point, and 39 digits or one and a scale of 24.</summary>
    public const int MaxBytes = 44;

    /// <summary>
    /// Writes <c>value * 10^-scale</c> with all of its digits behind the point; returns the bytes written.
    /// </summary>
    public static int Write(Span<byte> text, Int128 value, int scale)
    {
        Span<byte> digits = stackalloc byte[MaxBytes];
        var negative = Int128.IsNegative(value);
        (negative ? -value : value).TryFormat(digits, out var count, default, CultureInfo.InvariantCulture);
        var at = 0;
        if (negative)
        {
            text[at++] = (byte)'-';
        }

        var whole = Math.Max(count - scale, 0);
        if (whole == 0)
        {
            text[at++] = (byte)'0';
        }

        digits[..whole].CopyTo(text[at..]);
        at += whole;
        if (scale != 0)
        {
            text[at++] = (byte)'.';
            text.Slice(at, Math.Max(scale - count, 0)).Fill((byte)'0');
            at += Math.Max(scale - count, 0);
            digits[whole..count].CopyTo(text[at..]);
            at += count - whole;
        }

        return at;
    }
}
