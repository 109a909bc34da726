using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>
/// Rows of a book as Bitfinex prints them: no white space, numbers as short as they go and without an exponent.
/// <code>
/// [232957,[60397,2,-1.17989099],17]
/// [232957,[[60400,1,0.68826974],[60397,1,1.17989099]],16]
/// </code>
/// Neither the side nor the count's width is known before a row is read, so that rows of this venue have a reader of
/// their own. Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class BitfinexUsualRows
{
    /// <summary>Bytes that a row is looked at through.</summary>
    private const int Window = 32;

    /// <summary>
    /// Frames are read from a copy with room before and behind: a frame of one row, as nearly all are, would else stand
    /// too near to both ends to be looked at through windows.
    /// </summary>
    private const int ShortBytes = 128;

    private const int LongBytes = 24_576;   // 250 levels a side; what is longer is read the general way
    private const int RoomBefore = DigitPair.WindowBytes;
    private const int ChannelDigitsMax = 15;

    /// <summary>
    /// Reads the frame if it is printed as usual; false, with nothing committed, when it is not.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryDecode(ReadOnlySpan<byte> frame, DepthDecoder decoder, out FrameOutcome outcome)
    {
        if (frame.Length > ShortBytes)
        {
            return TryDecodeLong(frame, decoder, out outcome);
        }

        Span<byte> copy = stackalloc byte[RoomBefore + ShortBytes + Window];
        return TryRead(Copy(frame, copy), decoder, out outcome);
    }

    private static bool TryDecodeLong(ReadOnlySpan<byte> frame, DepthDecoder decoder, out FrameOutcome outcome)
    {
        if (frame.Length > LongBytes)
        {
            outcome = default;
            return false;
        }

        Span<byte> copy = stackalloc byte[RoomBefore + frame.Length + Window];
        return TryRead(Copy(frame, copy), decoder, out outcome);
    }

    /// <summary>The frame between zeros.</summary>
    private static ReadOnlySpan<byte> Copy(ReadOnlySpan<byte> frame, Span<byte> room)
    {
        room[..RoomBefore].Clear();
        frame.CopyTo(room[RoomBefore..]);
        room.Slice(RoomBefore + frame.Length, Window).Clear();
        return room[..(RoomBefore + frame.Length + Window)];
    }

    private static bool TryRead(ReadOnlySpan<byte> text, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var channels = decoder.Channels;
        var end = text.Length - Window;
        var at = RoomBefore;
        if ((channels.Flags & BitfinexFlags.Timestamp) != 0
            || !TryTakeChannel(text, ref at, out var channel)
            || !channels.TryFind(channel, out var index))
        {
            return false;
        }

        var book = channels.BookAt(index);
        var isOne = text[at] != (byte)'[';
        var kind = isOne ? EventKind.Update : BitfinexRows.KindOf(channels, index);
        if (!decoder.TryBegin(book, kind))
        {
            return false;
        }

        at -= isOne ? 1 : 0;
        if (!TryTakeRows(text, ref at, isOne, decoder)
            || !TryTakeEnd(text[..end], at, decoder, out var sequence))
        {
            decoder.Abandon();
            return false;
        }

        BitfinexRows.Commit(index, sequence, 0, decoder);
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }

    /// <summary>Takes <c>[232957,[</c>; as many zeros follow the frame as this may look beyond it.</summary>
    private static bool TryTakeChannel(ReadOnlySpan<byte> text, ref int at, out long channel)
    {
        channel = 0;
        if (text[at] != (byte)'[' || text[at + 1] == (byte)'0')
        {
            return false;
        }

        var first = ++at;
        for (uint digit; (digit = (uint)(text[at] - '0')) <= 9 && at - first < ChannelDigitsMax; at++)
        {
            channel = (channel * 10) + digit;
        }

        if (at == first || text[at] != (byte)',' || text[at + 1] != (byte)'[')
        {
            return false;
        }

        at += 2;
        return true;
    }

    /// <summary>Takes one row, or rows and the bracket behind them.</summary>
    private static bool TryTakeRows(ReadOnlySpan<byte> text, ref int at, bool isOne, DepthDecoder decoder)
    {
        ref var bytes = ref MemoryMarshal.GetReference(text);
        int priceScale = decoder.Message.PriceScale;
        int quantityScale = decoder.Message.QuantityScale;
        var position = at;
        while (true)
        {
            // 1. where the three numbers stand
            if (position > text.Length - Window)
            {
                return false;   // a frame that is cut off
            }

            var row = Vector256.LoadUnsafe(ref bytes, (nuint)position);
            var commas = Vector256.Equals(row, Vector256.Create((byte)',')).ExtractMostSignificantBits();
            var points = StrippedNumber.Points(row);
            var price = position + 1;
            var priceEnd = position + BitOperations.TrailingZeroCount(commas);
            commas &= commas - 1;
            var countEnd = position + BitOperations.TrailingZeroCount(commas);
            var close = position + BitOperations.TrailingZeroCount(
                Vector256.Equals(row, Vector256.Create((byte)']')).ExtractMostSignificantBits());
            if (close > position + Window - 1 || countEnd > close || Unsafe.Add(ref bytes, position) != (byte)'[')
            {
                return false;   // also a row longer than the window, which real ones are not
            }

            var isAsk = Unsafe.Add(ref bytes, countEnd + 1) == (byte)'-';
            var amount = countEnd + 1 + (isAsk ? 1 : 0);

            // 2. the numbers
            var priceDecimals = StrippedNumber.Decimals(points, 1, priceEnd - position);
            var amountDecimals = StrippedNumber.Decimals(points, amount - position, close - position);
            if (!IsPlain(ref bytes, price, priceEnd, priceDecimals, priceScale)
                || !IsPlain(ref bytes, amount, close, amountDecimals, quantityScale)
                || !IsCount(ref bytes, priceEnd + 1, countEnd)
                || !DigitPair.TryParse(
                    in Unsafe.Add(ref bytes, priceEnd - DigitPair.WindowBytes),
                    priceEnd - price,
                    priceDecimals,
                    in Unsafe.Add(ref bytes, close - DigitPair.WindowBytes),
                    close - amount,
                    amountDecimals,
                    out var scaledPrice,
                    out var scaledAmount)
                || IsBelowMillionth(scaledPrice, priceDecimals) || IsBelowMillionth(scaledAmount, amountDecimals))
            {
                return false;
            }

            scaledPrice = StrippedNumber.Widen(scaledPrice, priceScale - priceDecimals);
            scaledAmount = StrippedNumber.Widen(scaledAmount, quantityScale - amountDecimals);
            if (scaledPrice <= 0 || scaledAmount <= 0)
            {
                return false;
            }

            // 3. a count of nothing deletes
            var isDelete = Unsafe.Add(ref bytes, countEnd - 1) == (byte)'0' && countEnd - priceEnd == 2;
            if (!decoder.TryStore(isAsk ? Side.Ask : Side.Bid, scaledPrice, isDelete ? 0 : scaledAmount))
            {
                return false;
            }

            position = close + 1;
            if (isOne)
            {
                at = position;
                return true;
            }

            var separator = Unsafe.Add(ref bytes, position++);   // a window behind the row's beginning is there
            if (separator != (byte)',')
            {
                at = position;
                return separator == (byte)']';
            }
        }
    }

    /// <summary>
    /// True when a number can be read through a window and is spelled as short as it goes; that all its characters are
    /// digits is left to whoever reads them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsPlain(ref byte bytes, int start, int end, int decimals, int scale) =>
        (uint)(end - start - 1) < DigitPair.WindowBytes
        && (uint)decimals <= (uint)Math.Min(scale, 14)
        && Unsafe.Add(ref bytes, start) != (byte)'.'
        && !StrippedNumber.HasSpareZeros(ref bytes, start, end, decimals);

    /// <summary>True for 1 to 9 digits that are a whole number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsCount(ref byte bytes, int start, int end)
    {
        var first = (uint)(Unsafe.Add(ref bytes, start) - '0');
        return end == start + 1 ? first <= 9 : first - 1 <= 8 && IsLongCount(ref bytes, start + 1, end);
    }

    private static bool IsLongCount(ref byte bytes, int at, int end)
    {
        if (end - at > 8)
        {
            return false;
        }

        for (; at < end; at++)
        {
            if ((uint)(Unsafe.Add(ref bytes, at) - '0') > 9)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for a number that the venue would print with an exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsBelowMillionth(long value, int decimals) =>
        decimals > 6 && value < Scale.Power(decimals - 6);

    /// <summary>
    /// Takes what stands behind the rows: the next number of a frame where frames are numbered, and the last bracket.
    /// </summary>
    private static bool TryTakeEnd(ReadOnlySpan<byte> text, int at, DepthDecoder decoder, out long sequence)
    {
        sequence = 0;
        var rest = new UsualFrame(text) { Position = at };
        if ((decoder.Channels.Flags & BitfinexFlags.Sequence) == 0)
        {
            return rest.TryPass("]"u8) && rest.IsAtEnd;
        }

        if (!rest.TryPass(","u8)
            || !rest.TryTakeInteger((byte)']', out sequence)
            || !rest.TryPass("]"u8) || !rest.IsAtEnd
            || sequence == 0 || !decoder.Numbers.IsNext(sequence))
        {
            return false;
        }

        decoder.Numbers.Take(sequence);
        return true;
    }
}
