using System;
using System.Text;

namespace LowLatencyQuoter.Engine.Model;

/// <summary>
/// Scaled integers as the text that JavaScript prints of the same number: as short as it goes, with an exponent when
/// the number is smaller than a millionth: <c>57989</c>, <c>0.0000011</c>, <c>7e-7</c>, <c>6.6e-7</c>. Numbers of
/// JavaScript that need more than 17 digits, or have no decimal of 18 digits behind the point, are none of a book.
/// </summary>
public static class ScaledNumber
{
    /// <summary>Bytes that any value needs at most.</summary>
    public const int MaxBytes = ScaledText.MaxBytes;

    private const int ZerosBeforeExponent = 6;

    /// <summary>Writes <c>value * 10^-scale</c>, which is 0 or positive; returns the count of bytes written.</summary>
    [HotPath]
    public static int Write(Span<byte> text, long value, int scale)
    {
        var rest = value;
        while (scale > 0 && rest % 10 == 0)
        {
            rest /= 10;
            scale--;
        }

        var digits = Digits(rest);
        if (scale - digits < ZerosBeforeExponent)
        {
            return ScaledText.Write(text, rest, scale);
        }

        var at = WriteMantissa(text, rest, digits);
        text[at++] = (byte)'e';
        text[at++] = (byte)'-';
        return at + ScaledText.Write(text[at..], scale - digits + 1, 0);
    }

    /// <summary>The same as a string.</summary>
    public static string Format(long value, int scale)
    {
        Span<byte> text = stackalloc byte[MaxBytes];
        return Encoding.ASCII.GetString(text[..Write(text, value, scale)]);
    }

    [HotPath]
    private static int Digits(long value)
    {
        var digits = 1;
        for (; value >= 10; value /= 10)
        {
            digits++;
        }

        return digits;
    }

    /// <summary>The first digit, and the others behind a point.</summary>
    [HotPath]
    private static int WriteMantissa(Span<byte> text, long value, int digits)
    {
        if (digits == 1)
        {
            text[0] = (byte)('0' + value);
            return 1;
        }

        var bytes = ScaledText.Write(text[1..], value, 0);
        text[0] = text[1];
        text[1] = (byte)'.';
        return bytes + 1;
    }
}
