using System;
using System.Numerics;
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
        if (position < DigitPair.WindowBytes || position >= json.Length)
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
        var whole = false;
        while (true)
        {
            // 1. whose level it is, and where the two numbers stand
            if (!TShape.TryOpen(
                in Unsafe.Add(ref bytes, position), json.Length - position, out var openBytes, out var ask))
            {
                break;
            }

            var price = position + openBytes;
            var priceEnd = price + Measure(json, ref bytes, price, out var priceDecimals);
            var quantity = priceEnd + TShape.MiddleBytes;
            var quantityEnd = quantity + Measure(json, ref bytes, quantity, out var quantityDecimals);
            if (quantityEnd > json.Length - TShape.CloseBytes - 1
                || !TShape.MiddleAt(in Unsafe.Add(ref bytes, priceEnd))
                || !TShape.ClosesAt(in Unsafe.Add(ref bytes, quantityEnd)))
            {
                break;
            }

            // 2. the digits that the scales want, and zeros behind them
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

            scaledPrice = StrippedNumber.Widen(scaledPrice, Math.Max(priceScale - priceDecimals, 0));
            scaledQuantity = StrippedNumber.Widen(scaledQuantity, Math.Max(quantityScale - quantityDecimals, 0));
            if (scaledPrice <= 0 || scaledQuantity < 0)
            {
                break;
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

    private static void Count(ref DepthEvent message, int bids, int asks)
    {
        message.BidCount = (byte)bids;
        message.AskCount = (byte)asks;
    }

    /// <summary>Bytes of a number up to its quote, 32 or more for one that is too long, and its decimals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Measure(ReadOnlySpan<byte> json, ref byte bytes, int start, out int decimals)
    {
        if (start > json.Length - Vector256<byte>.Count)
        {
            return MeasureNearEnd(json, start, out decimals);
        }

        var text = Vector256.LoadUnsafe(ref bytes, (nuint)start);
        var quotes = Vector256.Equals(text, Vector256.Create((byte)'"')).ExtractMostSignificantBits();
        var length = BitOperations.TrailingZeroCount(quotes);
        decimals = StrippedNumber.Decimals(StrippedNumber.Points(text), 0, length);
        return length;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int MeasureNearEnd(ReadOnlySpan<byte> json, int start, out int decimals)
    {
        decimals = 0;
        var length = start < json.Length ? json[start..].IndexOf((byte)'"') : -1;
        if (length < 0)
        {
            return json.Length;   // beyond the frame
        }

        decimals = StrippedNumber.Decimals(json, start, start + length);
        return length;
    }
}
