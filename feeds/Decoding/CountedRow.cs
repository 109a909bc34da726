using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// <c>["30244","0.08","0","12"]</c>: stripped numbers, a constant zero, and a count of 1 to 7 digits that is not looked
/// at.
/// </summary>
[Engine.HotPath]
internal readonly struct CountedRow : IRowShape
{
    /// <summary>Closing of the quantity, the count, and what ends the row.</summary>
    public static int WordBytes => 24;

    public static int OpenBytes => QuotedRow.OpenBytes;

    public static int MiddleBytes => QuotedRow.MiddleBytes;

    public static int CloseBytes => 7;

    public static byte PriceEnd => QuotedRow.PriceEnd;

    public static byte QuantityEnd => QuotedRow.QuantityEnd;

    public static bool IsBare => false;

    public static bool IsStripped => true;

    public static bool HasTail => true;

    public static bool OpensAt(ref readonly byte at) => QuotedRow.OpensAt(in at);

    public static bool MiddleAt(ref readonly byte at) => QuotedRow.MiddleAt(in at);

    public static bool ClosesAt(ref readonly byte at) =>
        (Unsafe.ReadUnaligned<ulong>(in at) & 0xFF_FFFF_FFFF_FFFF) == 0x22_2C22_3022_2C22;   // ","0","

    /// <summary>The digits of the count, then the end of string and row.</summary>
    public static int TailBytes(ref readonly byte at)
    {
        const ulong Ones = 0x0101_0101_0101_0101;
        const ulong Tops = 0x8080_8080_8080_8080;
        var word = Unsafe.ReadUnaligned<ulong>(in at);
        var first = (uint)(byte)word - '0';
        if (first <= 9 && (word & 0xFF_FF00) == 0x5D_2200)
        {
            return 3;   // mostly one digit; the next row must not wait for this one's text
        }

        var quotes = word ^ (Ones * (byte)'"');
        var found = (quotes - Ones) & ~quotes & Tops;
        if (found == 0)
        {
            return -1;
        }

        var digits = BitOperations.TrailingZeroCount(found) >> 3;
        var inside = (1UL << (digits * 8)) - 1;
        var text = word & inside;
        var isDigits = (((text + (Ones * 0x46)) | (text - (Ones * (byte)'0' & inside))) & Tops & inside) == 0;
        var closes = Unsafe.Add(ref Unsafe.AsRef(in at), digits + 1) == (byte)']';
        return digits != 0 && isDigits && closes ? digits + 2 : -1;
    }

    public static (int PriceLength, int QuantityEnd) Measure(Vector256<byte> text) => QuotedRow.Measure(text);
}
