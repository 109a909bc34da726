using System;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// The one text that JavaScript prints of a number: the shortest decimal from a millionth on, and below it the first
/// digit, the others behind a point, and an exponent: <c>0.0000011</c>, <c>7e-7</c>, <c>6.6e-7</c>.
/// </summary>
[Engine.HotPath]
internal static class ShortestNumber
{
    private const int LeastExponent = 7;

    /// <summary>True for that text of a number that is 0 or positive.</summary>
    public static bool Is(ReadOnlySpan<byte> number)
    {
        var exponent = number.IndexOf((byte)'e');
        return exponent < 0
            ? ShortestText.Is(number) && !number.StartsWith("0.000000"u8)
            : IsMantissa(number[..exponent]) && IsExponent(number[(exponent + 1)..]);
    }

    private static bool IsMantissa(ReadOnlySpan<byte> text) =>
        ShortestText.Is(text) && text[0] != (byte)'0' && (text.Length == 1 || text[1] == (byte)'.');

    /// <summary>A minus and a whole number of one or two digits; what is smaller still fits no book.</summary>
    private static bool IsExponent(ReadOnlySpan<byte> text) =>
        text.Length is 2 or 3 && text[0] == (byte)'-' && ShortestText.Is(text[1..])
        && (text.Length == 3 || text[1] - '0' >= LeastExponent);
}
