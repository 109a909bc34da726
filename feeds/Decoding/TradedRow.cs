using System.Numerics;
using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary><c>["buy","10101.80","0.162567"]</c>, <c>["sell","10102.55","0.00000000"]</c></summary>
[Engine.HotPath]
internal readonly struct TradedRow : ISidedRowShape
{
    private const int Opening = 2;
    private const int ShortestSide = 3;
    private const ulong Buy = 0x222C_2279_7562_225B;    // ["buy","
    private const ulong Sell = 0x2C22_6C6C_6573_225B;   // ["sell",

    public static bool IsStripped => false;

    public static int MiddleBytes => QuotedRow.MiddleBytes;

    public static int CloseBytes => QuotedRow.CloseBytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryOpen(ref readonly byte at, int left, ref int guess, out int from, out int ask)
    {
        from = Opening;
        ask = 0;
        if (left <= sizeof(ulong))
        {
            return false;
        }

        var word = Unsafe.ReadUnaligned<ulong>(in at);
        ask = word == Sell ? 1 : 0;
        return (word == Buy) | (ask != 0 & Unsafe.Add(ref Unsafe.AsRef(in at), sizeof(ulong)) == (byte)'"');
    }

    /// <summary>Quotes: end of the side, both of the price, both of the quantity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Measure(ulong quotes, int ask, out int price, out int priceEnd, out int quantityEnd)
    {
        var fromThird = RowMarks.Next(RowMarks.Next(quotes));
        price = ShortestSide + MiddleBytes + ask;
        priceEnd = BitOperations.TrailingZeroCount(fromThird);
        quantityEnd = BitOperations.TrailingZeroCount(RowMarks.Next(RowMarks.Next(fromThird)));
    }

    public static bool MiddleAt(ref readonly byte at) => QuotedRow.MiddleAt(in at);

    public static bool ClosesAt(ref readonly byte at) => QuotedRow.ClosesAt(in at);
}
