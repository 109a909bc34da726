using System;

namespace LowLatencyQuoter.Engine.Model;

/// <summary>
/// Scaled integers as exact decimal text, without trailing zeros behind the point: <c>3.78826</c>, <c>100</c>,
/// <c>-0.5</c>.
/// </summary>
public static class ScaledText
{
    /// <summary>Bytes that any value needs at most.</summary>
    public const int MaxBytes = 24;

    /// <summary>Writes <c>value * 10^-scale</c>; returns the count of bytes written.</summary>
    [HotPath]
    public static int Write(Span<byte> text, long value, int scale)
    {
        var rest = value < 0 ? (ulong)-value : (ulong)value;
        while (scale > 0 && rest % 10 == 0)
        {
            rest /= 10;
            scale--;
        }

        Span<byte> digits = stackalloc byte[20];
        var count = 0;
        do
        {
            digits[count++] = (byte)('0' + (rest % 10));
            rest /= 10;
        }
        while (rest != 0 || count <= scale);

        var at = 0;
        if (value < 0)
        {
            text[at++] = (byte)'-';
        }

        while (count > 0)
        {
            if (count == scale)
            {
                text[at++] = (byte)'.';
            }

            text[at++] = digits[--count];
        }

        return at;
    }

    /// <summary>The same as a string.</summary>
    public static string Format(long value, int scale)
    {
        Span<byte> text = stackalloc byte[MaxBytes];
        return System.Text.Encoding.ASCII.GetString(text[..Write(text, value, scale)]);
    }
}
