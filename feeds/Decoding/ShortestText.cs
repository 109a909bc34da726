using System;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// The one text of a decimal without anything to spare: no leading zeros but the one before a point, no trailing zeros
/// behind it, no sign, no exponent.
/// </summary>
[Engine.HotPath]
internal static class ShortestText
{
    /// <summary>True for that text of a number that is 0 or positive.</summary>
    public static bool Is(ReadOnlySpan<byte> number)
    {
        var point = number.IndexOf((byte)'.');
        var whole = point < 0 ? number : number[..point];
        return IsDigits(whole) && (whole[0] != (byte)'0' || whole.Length == 1)
            && (point < 0 || (IsDigits(number[(point + 1)..]) && number[^1] != (byte)'0'));
    }

    /// <summary>True for 0, however many digits it is printed with.</summary>
    public static bool IsZero(ReadOnlySpan<byte> number) => !number.ContainsAnyExcept((byte)'0', (byte)'.');

    private static bool IsDigits(ReadOnlySpan<byte> text) =>
        !text.IsEmpty && !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');
}
