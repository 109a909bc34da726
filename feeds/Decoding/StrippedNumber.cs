using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Numbers without trailing zeros: their counts of decimals differ from one to the next, so that nothing is guessed and
/// nothing branches on them.
/// </summary>
[Engine.HotPath]
internal static class StrippedNumber
{
    /// <summary>The largest number that can be widened by so many digits.</summary>
    private static ReadOnlySpan<long> Limits =>
    [
        long.MaxValue,
        long.MaxValue / 10,
        long.MaxValue / 100,
        long.MaxValue / 1_000,
        long.MaxValue / 10_000,
        long.MaxValue / 100_000,
        long.MaxValue / 1_000_000,
        long.MaxValue / 10_000_000,
        long.MaxValue / 100_000_000,
        long.MaxValue / 1_000_000_000,
        long.MaxValue / 10_000_000_000,
        long.MaxValue / 100_000_000_000,
        long.MaxValue / 1_000_000_000_000,
        long.MaxValue / 10_000_000_000_000,
        long.MaxValue / 100_000_000_000_000,
        long.MaxValue / 1_000_000_000_000_000,
        long.MaxValue / 10_000_000_000_000_000,
        long.MaxValue / 100_000_000_000_000_000,
        long.MaxValue / 1_000_000_000_000_000_000,
    ];

    /// <summary>Where points stand, a bit for each byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Points(Vector256<byte> text) =>
        Vector256.Equals(text, Vector256.Create((byte)'.')).ExtractMostSignificantBits();

    /// <summary>
    /// Digits behind the point of a number between two places of the bits, without a branch: 0 when the first point
    /// comes later, or is the last character, which then is refused as a digit. Nothing sensible for an empty number,
    /// and for places beyond the bits: the row is refused for its closing then.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Decimals(uint points, int start, int end)
    {
        var last = end - start - 1;
        return last - BitOperations.TrailingZeroCount((points >> start) | (1u << last));
    }

    /// <summary>The same by looking.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Decimals(ReadOnlySpan<byte> json, int start, int end)
    {
        var point = start < end ? json[start..end].IndexOf((byte)'.') : -1;
        return point < 0 ? 0 : end - start - 1 - point;
    }

    /// <summary>
    /// Where the window of a number ends: behind its last wanted digit; only zeros may follow. Negative when the number
    /// has finer digits, begins or ends with its point, or has more digits than a window.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WindowEnd(ref byte bytes, int start, int end, int decimals, int scale)
    {
        var windowEnd = NumberWindow.EndOf(ref bytes, end, decimals, scale);
        var refused = (uint)decimals > 14
            || (uint)(windowEnd - start - 1) >= DigitPair.WindowBytes
            || Unsafe.Add(ref bytes, start) == (byte)'.';
        return refused ? -1 : windowEnd;
    }

    /// <summary>True when the number could be written with fewer digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasSpareZeros(ref byte bytes, int start, int end, int decimals) =>
        (decimals != 0 && Unsafe.Add(ref bytes, end - 1) == (byte)'0')
        || (Unsafe.Add(ref bytes, start) == (byte)'0' && end - start - decimals > (decimals == 0 ? 1 : 2));

    /// <summary>The number on a scale finer by so many digits, 0 as well; -1 when it does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Widen(long value, int digits) =>
        value <= Limits[digits] ? value * Scale.Power(digits) : -1;
}
