using System;

namespace LowLatencyQuoter.Wire.Text;

/// <summary>
/// Decimal numbers in text, to scaled integers: <c>value * 10^-scale</c>. Exact; nothing is ever rounded.
/// </summary>
[HotPath]
public static class DecimalText
{
    private const int MaxExponent = 999;

    /// <summary>
    /// Reads the whole text, such as <c>61737.63000000</c>, <c>0</c>, <c>7e-7</c>, into an integer on the given scale.
    /// </summary>
    /// <param name="text">Digits with an optional minus, point and exponent.</param>
    /// <param name="scale">Decimal digits of the result, 0 to 18.</param>
    /// <param name="value">The result.</param>
    /// <returns>Whether it is exact on that scale, and if not, why.</returns>
    public static DecimalOutcome TryScale(ReadOnlySpan<byte> text, int scale, out long value)
    {
        if (TryScaleShort(text, scale, out value))
        {
            return DecimalOutcome.Exact;
        }

        var outcome = Parse(text, out var parsed);
        return outcome == DecimalOutcome.Exact ? parsed.TryScale(scale, out value) : outcome;
    }

    /// <summary>Reads the whole text with as many decimal digits as it needs.</summary>
    public static DecimalOutcome Parse(ReadOnlySpan<byte> text, out DecimalNumber number)
    {
        number = default;
        var at = text is [(byte)'-', ..] ? 1 : 0;
        var digits = UInt128.Zero;
        var count = 0;
        var written = 0;      // digits behind the point, trailing zeros included
        var zeros = 0;        // zeros at the end so far, not yet part of digits
        var seen = 0;
        var point = false;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
            {
                seen++;
                written += point ? 1 : 0;
                if (digit == 0)
                {
                    zeros++;
                    continue;
                }

                for (count += count == 0 ? 0 : zeros; zeros > 0; zeros--)
                {
                    digits = count > 38 ? digits : digits * 10;
                }

                if (++count > 38)
                {
                    return DecimalOutcome.OutOfRange;
                }

                digits = (digits * 10) + digit;
            }
            else if (text[at] == (byte)'.' && !point && seen != 0)
            {
                point = true;
            }
            else
            {
                break;
            }
        }

        if (seen == 0 || (point && written == 0))
        {
            return DecimalOutcome.Malformed;
        }

        var exponent = 0;
        if (at < text.Length && !TryReadExponent(text[at..], out exponent))
        {
            return DecimalOutcome.Malformed;
        }

        number = new DecimalNumber(digits, zeros - written + exponent, written - exponent, text[0] == (byte)'-');
        return DecimalOutcome.Exact;
    }

    /// <summary>
    /// The usual case: up to 18 digits, no sign, no exponent. False for everything else, which the general way handles.
    /// </summary>
    private static bool TryScaleShort(ReadOnlySpan<byte> text, int scale, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 19)
        {
            return false;
        }

        var total = 0L;
        var index = 0;
        uint digit;
        while (index < text.Length && (digit = (uint)(text[index] - '0')) <= 9)
        {
            total = (total * 10) + digit;
            index++;
        }

        if (index == 0 || index > 18)
        {
            return false;
        }

        var decimals = 0;
        if (index < text.Length)
        {
            if (text[index] != (byte)'.' || index + 1 == text.Length)
            {
                return false;
            }

            for (index++; index < text.Length; index++)
            {
                digit = (uint)(text[index] - '0');
                if (digit > 9)
                {
                    return false;
                }

                if (decimals == scale)
                {
                    if (digit != 0)
                    {
                        return false;   // finer than the scale
                    }

                    continue;
                }

                total = (total * 10) + digit;
                decimals++;
            }
        }

        var power = PowersOfTen[scale - decimals];
        var high = Math.BigMul(total, power, out value);
        return high == value >> 63;
    }

    private static ReadOnlySpan<long> PowersOfTen =>
    [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000,
        100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000,
        10_000_000_000_000_000, 100_000_000_000_000_000, 1_000_000_000_000_000_000,
    ];

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if ((text[0] | 0x20) != (byte)'e')
        {
            return false;
        }

        var digits = text[1..];
        if (digits is [(byte)'+', ..])
        {
            digits = digits[1..];
            if (digits is [(byte)'-', ..])
            {
                return false;
            }
        }

        if (!AsciiInteger.TryParse(digits, out var value) || value is < -MaxExponent or > MaxExponent)
        {
            return false;
        }

        exponent = (int)value;
        return true;
    }
}
