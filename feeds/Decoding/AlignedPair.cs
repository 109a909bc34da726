using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// A price and a quantity without trailing zeros out of 64 bytes of a frame, straight onto the scales of their book:
/// the digits are brought to where the scale wants them while they are picked out, so that how many there are on
/// either side of the point changes nothing, and nothing has to be widened.
/// <code>
/// scale 2    61737.6     picked by their distance from the point: 11 places before it, then 2 behind it
///            000000000 61737 60   bytes outside the number are zeros
/// </code>
/// What it refuses is not wrong: longer numbers, finer ones, zeros to spare behind a scale. Whoever measures rows
/// otherwise looks at them.
/// </summary>
[Engine.HotPath]
internal static class AlignedPair
{
    /// <summary>Bytes of a frame that are looked at.</summary>
    public const int Window = 64;

    /// <summary>Room for rows near a frame's end, and zeros behind them.</summary>
    public const int EndRoom = 3 * Window;

    private const int PlaceCount = DigitPair.WindowBytes;
    private const int ScaleMax = 14;

    /// <summary>True where the processor picks bytes out of 64 at once; the other way does without.</summary>
    public static bool IsSupported => Avx512Vbmi.IsSupported;

    /// <summary>True when these scales leave places on both sides of the point.</summary>
    public static bool Fits(int priceScale, int quantityScale) => Math.Max(priceScale, quantityScale) <= ScaleMax;

    /// <summary>Where bytes of a value stand, a bit for each byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Marks(Vector512<byte> text, byte value) =>
        Vector512.Equals(text, Vector512.Create(value)).ExtractMostSignificantBits();

    /// <summary>Where no digits stand, likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Others(Vector512<byte> text) =>
        Vector512.GreaterThan(text - Vector512.Create((byte)'0'), Vector512.Create((byte)9))
            .ExtractMostSignificantBits();

    /// <summary>1 when a number between two places could be written with fewer digits, else 0.</summary>
    /// <param name="zeros">Where zeros stand.</param>
    /// <param name="start">Where the number begins.</param>
    /// <param name="point">Its point, or its end.</param>
    /// <param name="end">Its end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SpareZeros(ulong zeros, nint start, nint point, nint end) =>
        (((zeros >> (int)start) & (ulong)(start + 1 - point) >> 63)
            | ((zeros >> (int)(end - 1)) & ((ulong)(point - end) >> 63))) & 1;

    /// <summary>For each place of both numbers, how far from the point its digit stands.</summary>
    public static Vector256<byte> OrderOf(int priceScale, int quantityScale) =>
        Vector256.Create(PlacesOf(priceScale), PlacesOf(quantityScale));

    /// <summary>Where both numbers stand, from their beginnings, points and ends in 64 bytes.</summary>
    /// <param name="price">Where the price begins.</param>
    /// <param name="pricePoint">Its point, or its end.</param>
    /// <param name="priceEnd">Its end.</param>
    /// <param name="quantity">Where the quantity begins.</param>
    /// <param name="quantityPoint">Its point, or its end.</param>
    /// <param name="quantityEnd">Its end.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Places(
        nint price, nint pricePoint, nint priceEnd, nint quantity, nint quantityPoint, nint quantityEnd)
    {
        var first = price | (pricePoint << 8) | (priceEnd << 16);
        var second = quantity | (quantityPoint << 8) | (quantityEnd << 16);
        return Vector256.Create((long)(first | (second << 32))).AsByte();
    }

    /// <summary>
    /// The digits of both numbers, and what is wrong with them: a top bit for each character that is no digit, and for
    /// a number that has more digits than places before its point, or behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<byte> Digits, Vector256<byte> Faults) Digits(
        Vector512<byte> text, Vector256<byte> places, Vector256<byte> order)
    {
        const long Top = unchecked((long)0x8000_0000_0000_0000);
        var starts = Avx2.Shuffle(places, Spread(0)).AsSByte();
        var ends = Avx2.Shuffle(places, Spread(2)).AsSByte();
        var from = order + Avx2.Shuffle(places, Spread(1));
        var isWanted = Vector256.GreaterThanOrEqual(from.AsSByte(), starts) & Vector256.LessThan(from.AsSByte(), ends);
        var picked = Avx512Vbmi.PermuteVar64x8(text, from.ToVector512Unsafe()).GetLower();
        var digits = Vector256.ConditionalSelect(
            isWanted.AsByte(), picked - Vector256.Create((byte)'0'), Vector256<byte>.Zero);
        var before = starts.AsByte() - from;                       // below 0 in the first place: one stands before it
        var behind = from + Vector256<byte>.One - ends.AsByte();   // below 0 in the last place: one stands behind it
        var faults = Avx2.AddSaturate(digits, Vector256.Create((byte)(127 - 9)))
            | (before & Vector256.Create(0x80L, 0, 0x80, 0).AsByte())
            | (behind & Vector256.Create(0, Top, 0, Top).AsByte());
        return (digits, faults);
    }

    /// <summary>True when no top bit is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreNone(Vector256<byte> faults) => Avx2.MoveMask(faults) == 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Spread(byte at) =>
        Vector256.Create(Vector128.Create(at), Vector128.Create((byte)(at + 4)));

    /// <summary>For each place, how far from the point its digit stands.</summary>
    private static Vector128<byte> PlacesOf(int scale)
    {
        var wholes = (byte)(PlaceCount - scale);
        var places = Vector128<byte>.Indices;
        var isBehind = Vector128.GreaterThanOrEqual(places, Vector128.Create(wholes));
        return places - Vector128.Create(wholes) - isBehind;   // what is true is -1: past the point
    }
}
