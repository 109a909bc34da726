using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Reads an array of levels of both sides in any order that is printed as usual, as <see cref="RowReader{TShape}"/>
/// does for one side: anything else is a reason to decode the message the general way. Nothing branches on the side,
/// which nobody could guess.
/// </summary>
/// <typeparam name="TShape">How the venue prints a level.</typeparam>
[Engine.HotPath]
internal static class SidedRowReader<TShape>
    where TShape : struct, ISidedRowShape
{
    /// <summary>
    /// Reads the rows behind the opening bracket at <paramref name="at"/>, and the closing bracket; false when the
    /// array is not printed as usual, or the lane has no room.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> json, ref int at, DepthDecoder decoder)
    {
        var position = at;
        if (position < DigitPair.WindowBytes || position >= json.Length || json.Length < RowMarks.Window)
        {
            return false;   // windows reach back up to 16 bytes
        }

        if (json[position] == (byte)']')
        {
            at = position + 1;
            return true;
        }

        ref var bytes = ref MemoryMarshal.GetReference(json);
        ref var message = ref decoder.Message;
        int priceScale = message.PriceScale;
        int quantityScale = message.QuantityScale;
        var bids = 0;
        var asks = 0;
        var isExact = Math.Max(priceScale, quantityScale) <= 14;
        var order = DigitPair.OrderOf(Math.Min(priceScale, 14), Math.Min(quantityScale, 14));
        var guess = 0;
        var whole = false;
        var isAligned = TShape.IsStripped && AlignedPair.IsSupported && AlignedPair.Fits(priceScale, quantityScale);
        while (true)
        {
            // 0. without a closer look, as long as they are usual
            if (TShape.IsStripped && isAligned && position < json.Length)
            {
                position = TShape.ReadAligned(
                    ref bytes, position, json.Length, ref message.Bid(0), bids, asks, priceScale, quantityScale,
                    out var newBids, out var newAsks);
                bids += newBids;
                asks += newAsks;
                isAligned = newBids + newAsks != 0 || bids + asks == DepthEvent.LevelCapacity;   // else odd ones
            }

            // 1. whose level it is, and where the two numbers stand
            if (!TShape.TryOpen(
                in Unsafe.Add(ref bytes, position), json.Length - position, ref guess, out var from, out var ask))
            {
                break;
            }

            from += position;
            var quotes = TShape.IsStripped
                ? RowMarks.Quotes(ref bytes, json.Length, from)
                : RowMarks.HalfQuotes(ref bytes, json.Length, from);
            TShape.Measure(quotes, ask, out var price, out var priceEnd, out var quantityEnd);
            if (!TShape.IsStripped && quantityEnd == RowMarks.Window)
            {
                quotes = RowMarks.Quotes(ref bytes, json.Length, from);
                TShape.Measure(quotes, ask, out price, out priceEnd, out quantityEnd);
            }

            price += from;
            priceEnd += from;
            quantityEnd += from;
            var quantity = priceEnd + TShape.MiddleBytes;
            if (quantity >= quantityEnd
                || quantityEnd > json.Length - TShape.CloseBytes - 1
                || !TShape.MiddleAt(in Unsafe.Add(ref bytes, priceEnd))
                || !TShape.ClosesAt(in Unsafe.Add(ref bytes, quantityEnd)))
            {
                break;
            }

            // 2. printed as finely as the book keeps it: nothing has to be found out
            long scaledPrice;
            long scaledQuantity;
            if (!TShape.IsStripped
                && isExact
                && HasPoint(ref bytes, price, priceEnd, priceScale)
                && HasPoint(ref bytes, quantity, quantityEnd, quantityScale)
                && priceEnd - price <= DigitPair.WindowBytes
                && quantityEnd - quantity <= DigitPair.WindowBytes)
            {
                var digits = DigitPair.Digits(
                    Vector256.Create(
                        Vector128.LoadUnsafe(ref bytes, (nuint)(priceEnd - DigitPair.WindowBytes)),
                        Vector128.LoadUnsafe(ref bytes, (nuint)(quantityEnd - DigitPair.WindowBytes))),
                    DigitPair.WantedOf(priceEnd - price, quantityEnd - quantity),
                    order);
                DigitPair.Convert(digits, out scaledPrice, out scaledQuantity);
                if (Vector256.GreaterThanAny(digits, Vector256.Create((byte)9)) || scaledPrice == 0)
                {
                    break;
                }
            }
            else
            {
                var points = RowMarks.Points(ref bytes, json.Length, from);
                var priceDecimals = RowMarks.Decimals(points, price - from, priceEnd - from);
                var quantityDecimals = RowMarks.Decimals(points, quantity - from, quantityEnd - from);
                if (!TryScale(
                    ref bytes, price, priceEnd, priceDecimals, priceScale,
                    quantity, quantityEnd, quantityDecimals, quantityScale,
                    out scaledPrice, out scaledQuantity))
                {
                    break;
                }
            }

            // 3. into the slot, bids from its beginning and asks from its end, or into a further one
            if (bids + asks == DepthEvent.LevelCapacity)
            {
                Count(ref message, bids, asks);
                if (!decoder.TryContinue())
                {
                    return false;
                }

                message = ref decoder.Message;
                bids = 0;
                asks = 0;
            }

            ref var level = ref message.Bid(((ask - 1) & bids) | (-ask & (DepthEvent.LevelCapacity - 1 - asks)));
            level.Price = scaledPrice;
            level.Quantity = scaledQuantity;
            asks += ask;
            bids += 1 - ask;

            // 4. another row, or the end
            position = quantityEnd + TShape.CloseBytes;
            var separator = Unsafe.Add(ref bytes, position++);   // one byte behind the row is there
            if (separator != (byte)',')
            {
                whole = separator == (byte)']';
                break;
            }
        }

        Count(ref message, bids, asks);
        at = position;
        return whole;
    }

    /// <summary>The digits that the scales want, and zeros behind them; false when it cannot be said so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryScale(
        ref byte bytes,
        int price,
        int priceEnd,
        int priceDecimals,
        int priceScale,
        int quantity,
        int quantityEnd,
        int quantityDecimals,
        int quantityScale,
        out long scaledPrice,
        out long scaledQuantity)
    {
        var priceWindow = StrippedNumber.WindowEnd(ref bytes, price, priceEnd, priceDecimals, priceScale);
        var quantityWindow = StrippedNumber.WindowEnd(
            ref bytes, quantity, quantityEnd, quantityDecimals, quantityScale);
        scaledPrice = 0;
        scaledQuantity = 0;
        if ((priceWindow | quantityWindow) < 0
            || !DigitPair.TryParse(
                in Unsafe.Add(ref bytes, priceWindow - DigitPair.WindowBytes),
                priceWindow - price,
                Math.Min(priceDecimals, priceScale),
                in Unsafe.Add(ref bytes, quantityWindow - DigitPair.WindowBytes),
                quantityWindow - quantity,
                Math.Min(quantityDecimals, quantityScale),
                out scaledPrice,
                out scaledQuantity))
        {
            return false;
        }

        scaledPrice = StrippedNumber.Widen(scaledPrice, Math.Max(priceScale - priceDecimals, 0));
        scaledQuantity = StrippedNumber.Widen(scaledQuantity, Math.Max(quantityScale - quantityDecimals, 0));
        return scaledPrice > 0 && scaledQuantity >= 0;
    }

    /// <summary>True when the point stands so many digits before the end, with a digit before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasPoint(ref byte bytes, int start, int end, int decimals) =>
        end - 1 - decimals > start && Unsafe.Add(ref bytes, end - 1 - decimals) == (byte)'.';

    private static void Count(ref DepthEvent message, int bids, int asks)
    {
        message.BidCount = (byte)bids;
        message.AskCount = (byte)asks;
    }
}
