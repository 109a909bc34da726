using System;

namespace LowLatencyQuoter.Wire.Text;

/// <summary>The grammar of JSON numbers (RFC 8259, section 6).</summary>
[HotPath]
internal static class JsonNumber
{
    /// <summary>Length of the number that starts the text; 0 when there is none.</summary>
    public static int Length(ReadOnlySpan<byte> text)
    {
        var at = text is [(byte)'-', ..] ? 1 : 0;
        var digits = Digits(text, at);
        if (digits == 0 || (digits > 1 && text[at] == (byte)'0'))
        {
            return 0;   // nothing, or a leading zero
        }

        at += digits;
        if (at < text.Length && text[at] == (byte)'.')
        {
            digits = Digits(text, at + 1);
            if (digits == 0)
            {
                return 0;
            }

            at += 1 + digits;
        }

        if (at < text.Length && (text[at] | 0x20) == (byte)'e')
        {
            var exponent = at + 1;
            exponent += exponent < text.Length && text[exponent] is (byte)'+' or (byte)'-' ? 1 : 0;
            digits = Digits(text, exponent);
            return digits == 0 ? 0 : exponent + digits;
        }

        return at;
    }

    private static int Digits(ReadOnlySpan<byte> text, int from)
    {
        var at = from;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            at++;
        }

        return at - from;
    }
}
