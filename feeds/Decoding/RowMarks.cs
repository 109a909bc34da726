using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>Quotes and points in 64 bytes of a frame, a bit for each byte.</summary>
[Engine.HotPath]
internal static class RowMarks
{
    /// <summary>Bytes that are looked at.</summary>
    public const int Window = 2 * Half;

    private const int Half = 32;

    /// <summary>Quotes from a place on; the frame is as long as a window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Quotes(ref byte bytes, int length, int from) =>
        Read(ref bytes, Begin(length, from), (byte)'"') >> (from - Begin(length, from));

    /// <summary>Quotes of the first half of a window; the frame is as long as that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong HalfQuotes(ref byte bytes, int length, int from)
    {
        var start = Math.Min(from, length - Half);
        var text = Vector256.LoadUnsafe(ref bytes, (nuint)start);
        return Vector256.Equals(text, Vector256.Create((byte)'"')).ExtractMostSignificantBits() >> (from - start);
    }

    /// <summary>Points likewise.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Points(ref byte bytes, int length, int from) =>
        Read(ref bytes, Begin(length, from), (byte)'.') >> (from - Begin(length, from));

    /// <summary>
    /// Digits behind the point of a number between two places: 0 when the first point comes later, or is the last
    /// character, which then is refused as a digit; negative for an empty number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Decimals(ulong points, int start, int end)
    {
        var last = end - start - 1;
        return last - BitOperations.TrailingZeroCount((points >> start) | (1UL << last));
    }

    /// <summary>The marks without the first one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Next(ulong marks) => marks & (marks - 1);

    /// <summary>Where a window from a place within the frame begins, so that it does not end behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Begin(int length, int from) => Math.Min(from, length - Window);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Read(ref byte bytes, int start, byte value)
    {
        var first = Vector256.LoadUnsafe(ref bytes, (nuint)start);
        var second = Vector256.LoadUnsafe(ref bytes, (nuint)(start + Half));
        return Vector256.Equals(first, Vector256.Create(value)).ExtractMostSignificantBits()
            | ((ulong)Vector256.Equals(second, Vector256.Create(value)).ExtractMostSignificantBits() << Half);
    }
}
