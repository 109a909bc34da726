using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LowLatencyQuoter.Wire.Text;

/// <summary>
/// Two decimal texts to integers at once, one in each half of a 256-bit register. Each text is given by its window: the
/// 16 bytes that end where the last wanted digit stands, of which the first belong to whatever comes before the text.
/// <code>
/// window   xx61737.63   digits wanted 7, point 2 digits from the end
/// minus    '0'          and zero where the text has not begun
/// shuffle  xxx6173763   the point is squeezed out
/// multiply-add 10, 100, 10000: pairs, fours, eights
/// </code>
/// </summary>
[HotPath]
public static class DigitPair
{
    /// <summary>Characters of a text that fit a window, point included.</summary>
    public const int WindowBytes = 16;

    /// <summary>True where the processor has what this needs; the general way does without.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>16 zeros, then 16 ones: read at n it keeps the last n bytes of a window.</summary>
    private static ReadOnlySpan<byte> Keep =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    ];

    /// <summary>
    /// For each count of decimals, where each digit comes from once the point is squeezed out; 128 makes a zero.
    /// </summary>
    private static ReadOnlySpan<byte> Squeeze =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15,
        128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15,
        128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15,
        128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15,
        128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15,
        128, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15,
        128, 0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15,
        128, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15,
        128, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        128, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        128, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        128, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        128, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        128, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ];

    /// <summary>
    /// Reads both; false when a wanted character is not a digit. The point itself is not looked at: the caller has.
    /// </summary>
    /// <param name="first">The byte 16 before the end of the first window.</param>
    /// <param name="firstCount">Characters of the first text in its window, 1 to 16.</param>
    /// <param name="firstDecimals">Digits behind the first text's point, 0 (no point in the window) to 14.</param>
    /// <param name="second">The byte 16 before the end of the second window.</param>
    /// <param name="secondCount">Characters of the second text, 1 to 16.</param>
    /// <param name="secondDecimals">Digits behind the second text's point, 0 to 14.</param>
    /// <param name="firstValue">The first number without its point.</param>
    /// <param name="secondValue">The second number without its point.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParse(
        ref readonly byte first,
        int firstCount,
        int firstDecimals,
        ref readonly byte second,
        int secondCount,
        int secondDecimals,
        out long firstValue,
        out long secondValue)
    {
        var text = Vector256.Create(Vector128.LoadUnsafe(in first), Vector128.LoadUnsafe(in second));
        var digits = Digits(text, WantedOf(firstCount, secondCount), OrderOf(firstDecimals, secondDecimals));
        Convert(digits, out firstValue, out secondValue);
        return !Vector256.GreaterThanAny(digits, Vector256.Create((byte)9));
    }

    /// <summary>Keeps the last so many characters of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> WantedOf(int firstCount, int secondCount)
    {
        ref var keep = ref MemoryMarshal.GetReference(Keep);
        return Vector256.Create(
            Vector128.LoadUnsafe(ref keep, (nuint)firstCount), Vector128.LoadUnsafe(ref keep, (nuint)secondCount));
    }

    /// <summary>Squeezes the points out that stand so many digits from the end of each window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> OrderOf(int firstDecimals, int secondDecimals)
    {
        ref var squeeze = ref MemoryMarshal.GetReference(Squeeze);
        return Vector256.Create(
            Vector128.LoadUnsafe(ref squeeze, (nuint)(firstDecimals * WindowBytes)),
            Vector128.LoadUnsafe(ref squeeze, (nuint)(secondDecimals * WindowBytes)));
    }

    /// <summary>The digits of two windows, each 0 to 9 if it is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<byte> Digits(Vector256<byte> text, Vector256<byte> wanted, Vector256<byte> order) =>
        Avx2.Shuffle((text - Vector256.Create((byte)'0')) & wanted, order);

    /// <summary>The numbers of two times 16 digits, which must be digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Convert(Vector256<byte> digits, out long firstValue, out long secondValue)
    {
        var eights = Eights(digits);
        firstValue = Join(eights.GetElement(0));
        secondValue = Join(eights.GetElement(2));
    }

    /// <summary>The same, both in one register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<long> Convert(Vector256<byte> digits)
    {
        var eights = Eights(digits);
        var joined = (Avx2.Multiply(eights.AsUInt32(), Vector256.Create(100_000_000u)) + (eights >> 32)).AsInt64();
        return Sse2.UnpackLow(joined.GetLower(), joined.GetUpper());
    }

    /// <summary>Reads one whole number of 1 to 16 digits that ends 16 bytes behind <paramref name="window"/>.</summary>
    public static bool TryParse(ref readonly byte window, int count, out long value) =>
        TryParse(in window, count, 0, in window, count, 0, out value, out _);

    /// <summary>The upper and the lower eight digits of each number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Eights(Vector256<byte> digits)
    {
        var pairs = Avx2.MultiplyAddAdjacent(digits, Vector256.Create((short)0x010A).AsSByte());
        var fours = Avx2.MultiplyAddAdjacent(pairs, Vector256.Create(0x0001_0064).AsInt16());
        var packed = Avx2.PackUnsignedSaturate(fours, fours).AsInt16();
        return Avx2.MultiplyAddAdjacent(packed, Vector256.Create(0x0001_2710).AsInt16()).AsUInt64();
    }

    private static long Join(ulong eights) => ((long)(uint)eights * 100_000_000) + (long)(eights >> 32);
}
