using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Rows that tell a time, read as <see cref="AlignedRows{TShape}"/> reads those of one side. What a row opens with is
/// compared with the opening of the first one, whatever time that tells.
/// </summary>
[Engine.HotPath]
internal static class StampedRows
{
    /// <summary>Bytes from a price on that are looked at: the window, and what the middle of a row may reach.</summary>
    private const int Reach = AlignedPair.Window + (4 * sizeof(ulong));

    /// <summary>See <see cref="ISidedRowShape.ReadAligned"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Read(
        ref byte bytes,
        int position,
        int end,
        ref Level first,
        int bids,
        int asks,
        int priceScale,
        int quantityScale,
        out int newBids,
        out int newAsks)
    {
        newBids = 0;
        newAsks = 0;
        var guess = 0;
        if (!StampedRow.TryOpen(
            in Unsafe.Add(ref bytes, position), end - position, ref guess, out var from, out var side))
        {
            return position;
        }

        nint opening = from;
        var same = StampedRow.SameBytes((int)opening);
        nint reach = end - Reach - opening;
        nint row = position;
        if (row > reach || opening + DigitPair.WindowBytes < AlignedPair.Window)
        {
            return position;
        }

        var usual = Before(ref bytes, row + opening + (StampedRow.AskBytes * side));
        var order = AlignedPair.OrderOf(priceScale, quantityScale);
        var faults = Vector256<byte>.Zero;
        var zeroPrices = Vector128<long>.Zero;
        nint bid = bids;
        nint ask = asks;
        while (row <= reach && bid + ask < DepthEvent.LevelCapacity)
        {
            // 1. whose level it is, and where the row ends, counted from a bid's price
            var start = row + opening;
            var text = Vector512.LoadUnsafe(ref bytes, (nuint)start);
            nint close = BitOperations.TrailingZeroCount(AlignedPair.Marks(text, StampedRow.RowEnd));
            if (!StampedRow.TrySide(in Unsafe.Add(ref bytes, row), out var isAsk))
            {
                break;
            }

            var price = StampedRow.AskBytes * isAsk;
            if ((~Vector512.Equals(Before(ref bytes, start + price), usual).ExtractMostSignificantBits() & same) != 0)
            {
                break;
            }

            // 2. where the numbers end
            var quotes = (AlignedPair.Marks(text, (byte)'"') >> price) << price;
            var marks = AlignedPair.Marks(text, (byte)'.') | quotes;
            nint priceEnd = BitOperations.TrailingZeroCount(quotes);
            var quantity = priceEnd + StampedRow.MiddleBytes;
            var quantityEnd = close - 1;
            var fifth = RowMarks.Next(RowMarks.Next(RowMarks.Next(RowMarks.Next(quotes))));
            if (BitOperations.TrailingZeroCount(fifth) != quantityEnd
                || (marks & ((marks << 1) | (1UL << price))) != 0
                || !StampedRow.MiddleAt(in Unsafe.Add(ref bytes, start + priceEnd))
                || !StampedRow.ClosesAt(in Unsafe.Add(ref bytes, start + quantityEnd)))
            {
                break;   // or an empty number, or one that begins or ends with its point
            }

            // 3. the digits; what is wrong with any is looked at in the end
            nint pricePoint = BitOperations.TrailingZeroCount(marks);
            var quantityPoint = quantity + BitOperations.TrailingZeroCount(marks >> (int)quantity);
            var places = AlignedPair.Places(price, pricePoint, priceEnd, quantity, quantityPoint, quantityEnd);
            var (digits, wrong) = AlignedPair.Digits(text, places, order);
            var pair = DigitPair.Convert(digits);

            // 4. bids from the beginning, asks from the end
            ref var level = ref Unsafe.Add(
                ref first, ((isAsk - 1) & bid) | (-isAsk & (DepthEvent.LevelCapacity - 1 - ask)));
            Unsafe.As<Level, Vector128<long>>(ref level) = pair;

            // 5. the next row; the last one's end is for the caller
            if (Unsafe.Add(ref bytes, start + close + 1) != (byte)',')
            {
                break;
            }

            faults |= wrong;
            zeroPrices |= pair - Vector128<long>.One;
            ask += isAsk;
            bid += 1 - isAsk;
            row = start + close + 2;
        }

        if (!AlignedPair.AreNone(faults) || zeroPrices.ToScalar() < 0)
        {
            return position;   // which row it was is found out by the caller
        }

        newBids = (int)bid - bids;
        newAsks = (int)ask - asks;
        return (int)row;
    }

    /// <summary>The 64 bytes before a price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<byte> Before(ref byte bytes, nint price) =>
        Vector512.LoadUnsafe(ref bytes, (nuint)(price - AlignedPair.Window));
}
