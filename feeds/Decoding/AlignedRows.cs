using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Rows of stripped numbers in quotes, each read through 64 bytes of it. Nothing branches on how long a number is, and
/// where the row behind the next one begins is seen from a row, so that no row waits for the one before it. What is not
/// as usual is left to the caller.
/// </summary>
/// <typeparam name="TShape">How the venue prints a level: <c>["price","quantity"</c>, a tail, a bracket.</typeparam>
[Engine.HotPath]
internal static class AlignedRows<TShape>
    where TShape : struct, IRowShape
{
    private const ulong Between = 0x22_5B2C_5D22;   // "],["
    private const ulong BetweenBytes = 0xFF_FFFF_FFFF;
    private const ulong Last = 0x5D_5D22;           // "]]
    private const int RowEnd = 2;                   // "]
    private const ulong LastBytes = 0xFF_FFFF;

    /// <summary>Bytes from a price on that are looked at: the window, and what may stand behind it.</summary>
    private const int Reach = AlignedPair.Window + Ahead;

    /// <summary>A row with a tail is no shorter, from its price on.</summary>
    private const int Ahead = 16;

    /// <summary>From where brackets are counted to the next row's price.</summary>
    private static int ToPrice => TShape.OpenBytes + 2 + (TShape.HasTail ? Ahead : 0);

    /// <summary>Reads rows as long as they can be read like this.</summary>
    /// <param name="bytes">The frame.</param>
    /// <param name="position">Where the first row begins.</param>
    /// <param name="end">Where the frame ends.</param>
    /// <param name="next">Where the first level goes.</param>
    /// <param name="step">1 for bids, -1 for asks, which are written backwards.</param>
    /// <param name="room">Rows there is room for.</param>
    /// <param name="priceScale">Digits behind the point that the book keeps, at most 14.</param>
    /// <param name="quantityScale">The same of quantities.</param>
    /// <param name="onlyShortest">True to leave numbers that could be written with fewer digits.</param>
    /// <param name="rows">How many were read.</param>
    /// <param name="isLast">True when the array ends behind the last of them.</param>
    /// <returns>Where the row begins that has to be read otherwise, or the array's closing bracket.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Read(
        ref byte bytes,
        int position,
        int end,
        ref Level next,
        int step,
        int room,
        int priceScale,
        int quantityScale,
        bool onlyShortest,
        out int rows,
        out bool isLast)
    {
        rows = 0;
        isLast = false;
        nint price = position + TShape.OpenBytes;
        nint reach = end - Reach;
        if (price > reach || !TShape.OpensAt(in Unsafe.Add(ref bytes, position)))
        {
            return position;
        }

        var order = AlignedPair.OrderOf(priceScale, quantityScale);
        var faults = Vector256<byte>.Zero;
        var zeroPrices = Vector128<long>.Zero;
        nint stride = step;
        ref var level = ref next;
        var following = price + (nint)BitOperations.TrailingZeroCount(Brackets(ref bytes, price)) + ToPrice;
        var left = room;
        var ends = false;
        while (left > 0 && price <= reach)
        {
            // 1. where the numbers end, counted from the price, and the next row
            var text = Vector512.LoadUnsafe(ref bytes, (nuint)price);
            var afterNext = price + (nint)BitOperations.TrailingZeroCount(
                RowMarks.Next(Brackets(ref bytes, price))) + ToPrice;
            var quotes = AlignedPair.Marks(text, (byte)'"');
            var marks = AlignedPair.Marks(text, (byte)'.') | quotes;
            nint priceEnd = BitOperations.TrailingZeroCount(quotes);
            var quantity = priceEnd + TShape.MiddleBytes;
            nint quantityEnd = BitOperations.TrailingZeroCount(RowMarks.Next(RowMarks.Next(quotes)));
            var close = quantityEnd;
            if (!TShape.MiddleAt(in Unsafe.Add(ref bytes, price + priceEnd)))
            {
                break;
            }

            // 2. what stands behind them, up to the next price
            if (TShape.HasTail)
            {
                var tail = (int)quantityEnd + TShape.CloseBytes;
                close = tail + BitOperations.TrailingZeroCount(AlignedPair.Others(text) >> tail);
                if (close >= AlignedPair.Window || !TShape.ClosesAt(in Unsafe.Add(ref bytes, price + quantityEnd)))
                {
                    break;
                }
            }

            var between = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref bytes, price + close));
            if ((between & BetweenBytes) != Between)
            {
                if ((between & LastBytes) != Last)
                {
                    break;
                }

                ends = true;
            }

            if ((marks & ((marks << 1) | 1)) != 0)
            {
                ends = false;
                break;   // an empty number or tail, or one that begins or ends with its point
            }

            // 3. where their points stand
            nint pricePoint = BitOperations.TrailingZeroCount(marks);
            var quantityPoint = quantity + BitOperations.TrailingZeroCount(marks >> (int)quantity);
            if (onlyShortest)
            {
                var zeros = AlignedPair.Marks(text, (byte)'0');
                if ((AlignedPair.SpareZeros(zeros, 0, pricePoint, priceEnd)
                    | AlignedPair.SpareZeros(zeros, quantity, quantityPoint, quantityEnd)) != 0)
                {
                    ends = false;
                    break;
                }
            }

            // 4. the digits; what is wrong with any is looked at in the end
            var places = AlignedPair.Places(0, pricePoint, priceEnd, quantity, quantityPoint, quantityEnd);
            var (digits, wrong) = AlignedPair.Digits(text, places, order);
            var pair = DigitPair.Convert(digits);
            faults |= wrong;
            zeroPrices |= pair - Vector128<long>.One;
            Unsafe.As<Level, Vector128<long>>(ref level) = pair;
            level = ref Unsafe.Add(ref level, stride);
            left--;

            // 5. the next row
            var start = price + close + RowEnd + TShape.OpenBytes + 1;
            if (following != start)
            {
                following = start;   // rows that are longer than what is looked at, or a short one
            }

            price = following;
            following = afterNext;
            if (ends)
            {
                break;
            }
        }

        var count = room - left;
        if (!AlignedPair.AreNone(faults) || zeroPrices.ToScalar() < 0)
        {
            return position;   // which row it was is found out by the caller
        }

        rows = count;
        isLast = ends;
        return (int)price - TShape.OpenBytes - (isLast ? 1 : 0);
    }

    /// <summary>Where brackets stand, from the price on, or behind what no row with a tail is shorter than.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Brackets(ref byte bytes, nint price) => AlignedPair.Marks(
        Vector512.LoadUnsafe(ref bytes, (nuint)(price + (TShape.HasTail ? Ahead : 0))), (byte)']');

    /// <summary>
    /// True when a row that begins here is too near to the frame's end to be looked at through windows; it is then read
    /// from a copy with zeros behind it.
    /// </summary>
    public static bool IsNearEnd(int position, int end) => position + TShape.OpenBytes > end - Reach;
}
