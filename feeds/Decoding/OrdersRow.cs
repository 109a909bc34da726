using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// <c>["2749.90","0.0008","1"]</c>: two numbers, with or without trailing zeros, and a count of orders of 1 to 15
/// digits that is not looked at.
/// </summary>
[Engine.HotPath]
internal readonly struct OrdersRow : IRowShape
{
    public static int WordBytes => SequencedRow.WordBytes;

    public static int OpenBytes => QuotedRow.OpenBytes;

    public static int MiddleBytes => QuotedRow.MiddleBytes;

    public static int CloseBytes => SequencedRow.CloseBytes;

    public static byte PriceEnd => QuotedRow.PriceEnd;

    public static byte QuantityEnd => QuotedRow.QuantityEnd;

    public static bool IsBare => false;

    public static bool IsStripped => true;

    public static bool HasTail => true;

    public static bool OpensAt(ref readonly byte at) => QuotedRow.OpensAt(in at);

    public static bool MiddleAt(ref readonly byte at) => QuotedRow.MiddleAt(in at);

    public static bool ClosesAt(ref readonly byte at) => SequencedRow.ClosesAt(in at);

    /// <summary>Mostly one digit; the next row must not wait for this one's text.</summary>
    public static int TailBytes(ref readonly byte at)
    {
        var word = Unsafe.ReadUnaligned<uint>(in at);
        return (uint)((byte)word - '0') <= 9 && (word & 0xFF_FF00) == 0x5D_2200   // "]
            ? 3
            : SequencedRow.TailBytes(in at);
    }

    public static (int PriceLength, int QuantityEnd) Measure(Vector256<byte> text) => QuotedRow.Measure(text);
}
