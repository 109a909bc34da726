using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// <c>{"side":"bid","event_time":"2023-02-09T20:32:50.714964855Z","price_level":"21921.73","new_quantity":"0.06"}</c>,
/// or <c>offer</c>; the time is not looked at, and guessed to be as long as the last one.
/// </summary>
[Engine.HotPath]
internal readonly struct StampedRow : ISidedRowShape
{
    private const int BidSide = 14;
    private const int BidName = 28;
    private const int PriceName = 17;
    private const int LongestTime = 31;
    private const int LongestOpening = BidName + 2 + LongestTime + PriceName;
    private const ulong SideName = 0x3A22_6564_6973_227B;      // {"side":
    private const ulong Bid = 0x6522_2C22_6469_6222;           // "bid","e
    private const ulong Offer = 0x2C22_7265_6666_6F22;         // "offer",
    private const ulong TimeName = 0x745F_746E_6576_6522;      // "event_t
    private const ulong TimeNameEnd = 0x223A_2265_6D69_745F;   // _time":"

    public static bool IsStripped => true;

    /// <summary><c>","new_quantity":"</c></summary>
    public static int MiddleBytes => 18;

    public static int CloseBytes => 2;

    /// <summary>The bracket that ends a row, and stands nowhere else in it.</summary>
    public static byte RowEnd => (byte)'}';

    /// <summary>Bytes that an offer's opening is longer than a bid's.</summary>
    public static int AskBytes => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryOpen(ref readonly byte at, int left, ref int guess, out int from, out int ask)
    {
        from = 0;
        ask = 0;
        if (left < LongestOpening)
        {
            return false;
        }

        ref var row = ref Unsafe.AsRef(in at);
        var side = Word(ref row, 8);
        ask = side == Offer ? 1 : 0;
        var time = BidName + (2 * ask);
        if (Word(ref row, 0) != SideName
            || !((side == Bid) | (ask != 0))
            || Word(ref row, time - 14) != TimeName
            || Word(ref row, time - 8) != TimeNameEnd)
        {
            return false;
        }

        // Up to its quote the time has to be plain text: no escape, no control character.
        var text = Vector256.LoadUnsafe(ref row, (nuint)time);
        var ends = Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(text, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(text, Vector256.Create((byte)' '));
        var length = BitOperations.TrailingZeroCount(ends.ExtractMostSignificantBits() | (1u << LongestTime));
        if (length != guess)
        {
            guess = length;   // so that where the price begins mostly need not wait for this
        }

        from = BidName + guess + PriceName;
        var end = time + guess;
        return Vector128.LoadUnsafe(ref row, (nuint)end) == Vector128.Create("\",\"price_level\":"u8)
            && Unsafe.Add(ref row, end + PriceName - 1) == (byte)'"';
    }

    public static int ReadAligned(
        ref byte bytes,
        int position,
        int end,
        ref Level first,
        int bids,
        int asks,
        int priceScale,
        int quantityScale,
        out int newBids,
        out int newAsks) =>
        StampedRows.Read(
            ref bytes, position, end, ref first, bids, asks, priceScale, quantityScale, out newBids, out newAsks);

    /// <summary>
    /// A bit for each of the 64 bytes before a price, the last one for the byte before it, that are the same in all
    /// rows of a message as a rule: the time and what stands around it.
    /// </summary>
    /// <param name="opening">Bytes of a bid's opening.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong SameBytes(int opening) => ulong.MaxValue << Math.Max(AlignedPair.Window + BidSide - opening, 0);

    /// <summary>
    /// True when a row begins as one of a side does, up to where the same bytes begin; 16 bytes can be read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TrySide(ref readonly byte at, out int ask)
    {
        ref var row = ref Unsafe.AsRef(in at);
        var side = Word(ref row, 8);
        ask = side == Offer ? 1 : 0;
        return Word(ref row, 0) == SideName && ((side == Bid) | (ask != 0));
    }

    /// <summary>
    /// From where a bid's price begins; before an offer's stand two more characters, one of them a quote. Quotes: end
    /// of the price, both of a name, both of the quantity.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Measure(ulong quotes, int ask, out int price, out int priceEnd, out int quantityEnd)
    {
        price = 2 * ask;
        var first = quotes & ~(3UL * (ulong)ask);
        priceEnd = BitOperations.TrailingZeroCount(first);
        quantityEnd = BitOperations.TrailingZeroCount(
            RowMarks.Next(RowMarks.Next(RowMarks.Next(RowMarks.Next(first)))));
    }

    public static bool MiddleAt(ref readonly byte at) =>
        Vector128.LoadUnsafe(in at) == Vector128.Create("\",\"new_quantity\""u8)
        && Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref Unsafe.AsRef(in at), 16)) == 0x223A;   // :"

    public static bool ClosesAt(ref readonly byte at) => Unsafe.ReadUnaligned<ushort>(in at) == 0x7D22;   // "}

    private static ulong Word(ref byte row, int offset) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref row, offset));
}
