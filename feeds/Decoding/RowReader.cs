using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// Reads an array of levels that is printed as usual: no white space, plain decimals with a point, or without it where
/// a venue leaves zeros out, digits that fit the book's scales. Anything else is not an error but a reason to decode
/// the message the general way.
/// The loops keep everything in registers: what is called from it takes and returns values, never references to them.
/// </summary>
/// <typeparam name="TShape">How the venue prints a level.</typeparam>
[Engine.HotPath]
internal static class RowReader<TShape>
    where TShape : struct, IRowShape
{
    /// <summary>
    /// Reads the rows behind the opening bracket at <paramref name="at"/>, and the closing bracket; false when the
    /// array is not printed as usual, or the lane has no room.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> json, ref int at, Side side, DepthDecoder decoder)
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
        ref var next = ref FirstFree(ref message, side);
        int priceScale = message.PriceScale;
        int quantityScale = message.QuantityScale;
        var priceDecimals = decoder.PriceDecimals;
        var quantityDecimals = decoder.QuantityDecimals;
        var everyDigitCounts = decoder.ScaleSource == ScaleSource.WrittenDigits;
        var onlyShortest = TShape.IsStripped && decoder.ScaleSource == ScaleSource.ShortestText;
        var room = Room(ref message);
        var written = 0;
        var whole = false;
        var step = side == Side.Bid ? 1 : -1;
        var templates = decoder.Templates;
        var isLast = false;
        var isAligned = TShape.IsStripped && AlignedPair.IsSupported
            && json.Length >= AlignedPair.Window && AlignedPair.Fits(priceScale, quantityScale);
        while (true)
        {
            // 0. stripped numbers, as long as they are usual; others, as long as rows look like some before
            if (TShape.IsStripped && isAligned)
            {
                ref var source = ref bytes;
                var begin = position;
                var end = json.Length;
                if (AlignedRows<TShape>.IsNearEnd(position, end))
                {
                    source = ref decoder.CopyEnd(json, position);
                    begin = 0;
                    end = AlignedPair.EndRoom;
                }

                position += AlignedRows<TShape>.Read(
                    ref source, begin, end, ref next, step, room - written,
                    priceScale, quantityScale, onlyShortest, out var rows, out isLast) - begin;
                next = ref Unsafe.Add(ref next, step * rows);
                written += rows;
                isAligned = rows != 0 || written == room;   // else these are other rows
                if (rows != 0 && !isLast && written < room && AlignedRows<TShape>.IsNearEnd(position, json.Length))
                {
                    continue;   // they were not that near before
                }
            }

            while (!TShape.IsStripped && templates.Last.Fits(priceScale, quantityScale))
            {
                position = templates.Last.Read<TShape>(
                    ref bytes, position, json.Length, ref next, step, room - written, out var rows, out isLast);
                next = ref Unsafe.Add(ref next, step * rows);
                written += rows;
                if (isLast || !templates.TrySwitch(Length(ref bytes, position, json.Length)))
                {
                    break;
                }
            }

            if (isLast)
            {
                whole = Unsafe.Add(ref bytes, position++) == (byte)']';
                break;
            }

            // 1. where the two numbers stand
            var price = position + TShape.OpenBytes;
            int priceEnd;
            int quantity;
            int quantityEnd;
            if (price <= json.Length - Vector256<byte>.Count - TShape.WordBytes)
            {
                var text = Vector256.LoadUnsafe(ref bytes, (nuint)price);
                var (length, close) = TShape.Measure(text);
                priceEnd = price + length;
                quantity = priceEnd + TShape.MiddleBytes;
                quantityEnd = price + close;
                if (TShape.IsStripped)
                {
                    // 2. the points stand in the same bytes
                    var points = StrippedNumber.Points(text);
                    priceDecimals = StrippedNumber.Decimals(points, 0, length);
                    quantityDecimals = StrippedNumber.Decimals(points, length + TShape.MiddleBytes, close);
                }
            }
            else
            {
                priceEnd = IndexOf(json, price, TShape.PriceEnd);
                quantity = priceEnd + TShape.MiddleBytes;
                quantityEnd = IndexOf(json, quantity, TShape.QuantityEnd);
                if (quantityEnd > json.Length - Math.Max(TShape.CloseBytes + 1, TShape.WordBytes - TShape.MiddleBytes)
                    || quantity > json.Length - TShape.WordBytes)
                {
                    break;
                }

                if (TShape.IsStripped)
                {
                    priceDecimals = StrippedNumber.Decimals(json, price, priceEnd);
                    quantityDecimals = StrippedNumber.Decimals(json, quantity, quantityEnd);
                }
            }

            if (!TShape.OpensAt(in Unsafe.Add(ref bytes, position))
                || !TShape.MiddleAt(in Unsafe.Add(ref bytes, priceEnd))
                || !TShape.ClosesAt(in Unsafe.Add(ref bytes, quantityEnd)))
            {
                break;
            }

            var tail = TShape.TailBytes(in Unsafe.Add(ref bytes, quantityEnd + TShape.CloseBytes));
            if (tail < 0)
            {
                break;
            }

            // 2. how finely they are printed: as the last ones, or look
            if (!TShape.IsStripped
                && (priceEnd - 1 - priceDecimals <= price
                    || Unsafe.Add(ref bytes, priceEnd - 1 - priceDecimals) != (byte)'.'))
            {
                priceDecimals = Decimals(json, price, priceEnd);
            }

            if (!TShape.IsStripped
                && (quantityEnd - 1 - quantityDecimals <= quantity
                    || Unsafe.Add(ref bytes, quantityEnd - 1 - quantityDecimals) != (byte)'.'))
            {
                quantityDecimals = Decimals(json, quantity, quantityEnd);
            }

            // 3. the digits that the scales want, and zeros behind them
            var priceWindow = WindowEnd(ref bytes, price, priceEnd, priceDecimals, priceScale);
            var quantityWindow = WindowEnd(ref bytes, quantity, quantityEnd, quantityDecimals, quantityScale);
            if ((priceWindow | quantityWindow) < 0
                || (onlyShortest && (StrippedNumber.HasSpareZeros(ref bytes, price, priceEnd, priceDecimals)
                    | StrippedNumber.HasSpareZeros(ref bytes, quantity, quantityEnd, quantityDecimals)))
                || (everyDigitCounts && (priceDecimals > priceScale || quantityDecimals > quantityScale))
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

            if (TShape.IsStripped)
            {
                scaledPrice = StrippedNumber.Widen(scaledPrice, Math.Max(priceScale - priceDecimals, 0));
                scaledQuantity = StrippedNumber.Widen(scaledQuantity, Math.Max(quantityScale - quantityDecimals, 0));
            }

            if (!TShape.IsStripped && priceDecimals < priceScale)
            {
                scaledPrice = Widened(scaledPrice, priceScale - priceDecimals);
            }

            if (!TShape.IsStripped && quantityDecimals < quantityScale)
            {
                scaledQuantity = Widened(scaledQuantity, quantityScale - quantityDecimals);
            }

            var passes = TShape.PassesZeroPrices && scaledPrice == 0;
            if (!passes && (scaledPrice <= 0 || scaledQuantity < 0))
            {
                break;
            }

            // 4. into the slot, or a further one
            if (!passes && written == room)
            {
                Count(ref message, side, written);
                written = 0;
                if (!decoder.TryContinue())
                {
                    return false;
                }

                message = ref decoder.Message;
                next = ref FirstFree(ref message, side);
                room = Room(ref message);
            }

            if (!passes)
            {
                next.Price = scaledPrice;
                next.Quantity = scaledQuantity;
                next = ref Unsafe.Add(ref next, step);
                written++;
            }

            // 5. another row, or the end
            var row = position;
            position = quantityEnd + TShape.CloseBytes + tail;
            if (!TShape.IsStripped)
            {
                templates.Learn(ref Unsafe.Add(ref bytes, row), position - row, new RowLayout
                {
                    Price = price - row,
                    PriceWindow = priceWindow - row,
                    PriceEnd = priceEnd - row,
                    PriceDecimals = priceDecimals,
                    PriceScale = priceScale,
                    Quantity = quantity - row,
                    QuantityWindow = quantityWindow - row,
                    QuantityEnd = quantityEnd - row,
                    QuantityDecimals = quantityDecimals,
                    QuantityScale = quantityScale,
                });
            }

            var separator = Unsafe.Add(ref bytes, position++);   // one byte behind the row is there
            if (separator != (byte)',')
            {
                whole = separator == (byte)']';
                break;
            }
        }

        Count(ref message, side, written);
        decoder.PriceDecimals = priceDecimals;
        decoder.QuantityDecimals = quantityDecimals;
        at = position;
        return whole;
    }

    /// <summary>Bytes of a row, as far as 32 of them tell; any other number when they do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Length(ref byte bytes, int position, int end)
    {
        var price = position + TShape.OpenBytes;
        return price > end - Vector256<byte>.Count ? 0
            : TShape.OpenBytes + TShape.CloseBytes
                + TShape.Measure(Vector256.LoadUnsafe(ref bytes, (nuint)price)).QuantityEnd;
    }

    private static ref Level FirstFree(ref DepthEvent message, Side side) =>
        ref side == Side.Bid ? ref message.Bid(message.BidCount) : ref message.Ask(message.AskCount);

    private static int Room(ref DepthEvent message) => DepthEvent.LevelCapacity - message.BidCount - message.AskCount;

    private static void Count(ref DepthEvent message, Side side, int written)
    {
        if (side == Side.Bid)
        {
            message.BidCount += (byte)written;
        }
        else
        {
            message.AskCount += (byte)written;
        }
    }

    /// <summary>
    /// Where the window of a number ends: behind its last wanted digit; only zeros may follow. Negative when the number
    /// has finer digits, no point where one is usual, a leading zero where that is not allowed, or more digits than a
    /// window.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WindowEnd(ref byte bytes, int start, int end, int decimals, int scale)
    {
        if (TShape.IsStripped)
        {
            return StrippedNumber.WindowEnd(ref bytes, start, end, decimals, scale);
        }

        var windowEnd = NumberWindow.EndOf(ref bytes, end, decimals, scale);
        var refused = decimals <= 0
            || windowEnd - start > DigitPair.WindowBytes
            || decimals > 14
            || (TShape.IsBare && Unsafe.Add(ref bytes, start) == (byte)'0' && end - 1 - decimals != start + 1);
        return refused ? -1 : windowEnd;
    }

    /// <summary>Position of a byte from a start on; beyond the frame when it does not come.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int IndexOf(ReadOnlySpan<byte> json, int start, byte value)
    {
        if (start >= json.Length)
        {
            return json.Length;
        }

        var index = json[start..].IndexOf(value);
        return index < 0 ? json.Length : start + index;
    }

    /// <summary>Digits behind the point of a number; -1 when it has no point, or nothing on one side of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Decimals(ReadOnlySpan<byte> json, int start, int end)
    {
        var point = start < end ? json[start..end].IndexOf((byte)'.') : -1;
        var decimals = end - start - 1 - point;
        return point <= 0 || decimals == 0 ? -1 : decimals;
    }

    /// <summary>The number on a scale finer by so many digits; -1 when it does not fit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Widened(long value, int digits) => StrippedNumber.Widen(value, digits);
}
