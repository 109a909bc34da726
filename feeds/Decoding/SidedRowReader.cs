using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
        var priceDecimals = decoder.PriceDecimals;
        var quantityDecimals = decoder.QuantityDecimals;
        var guess = 0;
        var whole = false;
        while (true)
        {
            // 1. whose level it is, and where the two numbers stand
            if (!TShape.TryOpen(
                in Unsafe.Add(ref bytes, position), json.Length - position, ref guess, out var from, out var ask))
            {
                break;
            }

            from += position;
            TShape.Measure(
                RowMarks.Quotes(ref bytes, json.Length, from), ask, out var price, out var priceEnd, out var quantityEnd);
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

            // 2. how finely they are printed: as the last ones, or look
            if (TShape.IsStripped
                || !HasPoint(ref bytes, price, priceEnd, priceDecimals)
                || !HasPoint(ref bytes, quantity, quantityEnd, quantityDecimals))
            {
                var points = RowMarks.Points(ref bytes, json.Length, from);
                priceDecimals = RowMarks.Decimals(points, price - from, priceEnd - from);
                quantityDecimals = RowMarks.Decimals(points, quantity - from, quantityEnd - from);
            }

            // 3. the digits that the scales want, and zeros behind them
            var priceWindow = StrippedNumber.WindowEnd(ref bytes, price, priceEnd, priceDecimals, priceScale);
            var quantityWindow = StrippedNumber.WindowEnd(
                ref bytes, quantity, quantityEnd, quantityDecimals, quantityScale);
            if ((priceWindow | quantityWindow) < 0
                || !DigitPair.TryParse(
                    in Unsafe.Add(ref bytes, priceWindow - DigitPair.WindowBytes),
                    priceWindow - price,
                    Math.Min(priceDecimals, priceScale),
                    in Unsafe.Add(ref bytes, quantityWindow - DigitPair.WindowBytes),
                    quantityWindow - quantity,
                    Math.Min(quantityDecimals, quantityScale),
                    out var scaledPrice,
                    out var scaledQuantity))
            {
                break;
            }

            if (TShape.IsStripped || priceDecimals < priceScale)
            {
                scaledPrice = StrippedNumber.Widen(scaledPrice, Math.Max(priceScale - priceDecimals, 0));
            }

            if (TShape.IsStripped || quantityDecimals < quantityScale)
            {
                scaledQuantity = StrippedNumber.Widen(scaledQuantity, Math.Max(quantityScale - quantityDecimals, 0));
            }

            if (scaledPrice <= 0 || scaledQuantity < 0)
            {
                break;
            }

            // 4. into the slot, bids from its beginning and asks from its end, or into a further one
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

            // 5. another row, or the end
            position = quantityEnd + TShape.CloseBytes;
            var separator = Unsafe.Add(ref bytes, position++);   // one byte behind the row is there
            if (separator != (byte)',')
            {
                whole = separator == (byte)']';
                break;
            }
        }

        Count(ref message, bids, asks);
        decoder.PriceDecimals = priceDecimals;
        decoder.QuantityDecimals = quantityDecimals;
        at = position;
        return whole;
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
