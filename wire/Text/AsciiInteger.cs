using System;

namespace LowLatencyQuoter.Wire.Text;

/// <summary>Whole numbers in decimal text.</summary>
[HotPath]
public static class AsciiInteger
{
    /// <summary>
    /// Reads the whole text as a signed 64-bit number; false for anything else: no digits, other characters, more than
    /// 19 digits, too large.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        var negative = text is [(byte)'-', ..];
        var at = negative ? 1 : 0;
        if (at == text.Length || text.Length - at > 19)
        {
            return false;
        }

        var total = 0UL;   // 19 digits always fit 64 bits without a sign
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit > 9)
            {
                return false;
            }

            total = (total * 10) + digit;
        }

        if (total > long.MaxValue + (negative ? 1UL : 0UL))
        {
            return false;
        }

        value = negative ? (long)(0UL - total) : (long)total;
        return true;
    }
}
