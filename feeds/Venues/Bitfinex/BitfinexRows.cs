using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>
/// Rows of a book in any legal spelling: <c>[price,count,amount]</c>, where the sign of the amount names the side and
/// count 0 deletes (step 6).
/// </summary>
[Engine.HotPath]
internal static class BitfinexRows
{
    /// <summary>Reads the content of a book's array, before which the scanner stands.</summary>
    public static FrameOutcome Decode(
        ref JsonScanner json, int index, long sequence, long venueUnixNanos, DepthDecoder decoder)
    {
        var channels = decoder.Channels;
        var book = channels.BookAt(index);
        if (!json.TryEnterArray())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        var isEmpty = !json.TryNextElement();
        var isOne = !isEmpty && json.Peek() != JsonKind.Array;
        var kind = isOne ? EventKind.Update : KindOf(channels, index);
        if (!decoder.TryBegin(book, kind)
            || !(isEmpty || (isOne ? TryReadRow(ref json, decoder) : TryReadRows(ref json, decoder))))
        {
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        Commit(index, sequence, venueUnixNanos, decoder);
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    /// <summary>
    /// What an array of rows is: the whole book; where the venue sends updates as arrays too, only the first is.
    /// </summary>
    public static EventKind KindOf(SocketChannels channels, int index) =>
        (channels.Flags & BitfinexFlags.BulkUpdates) != 0 && channels.IsServedAt(index)
            ? EventKind.Update
            : EventKind.Snapshot;

    /// <summary>Fills what is not a level of the open message, and makes it visible.</summary>
    public static void Commit(int index, long sequence, long venueUnixNanos, DepthDecoder decoder)
    {
        ref var message = ref decoder.Message;
        message.LastUpdateId = sequence;
        message.VenueUnixNanos = venueUnixNanos;
        if (message.Kind == EventKind.Snapshot)
        {
            decoder.Channels.NoteServed(index);
        }

        decoder.Commit();
    }

    private static bool TryReadRows(ref JsonScanner json, DepthDecoder decoder)
    {
        do
        {
            if (!json.TryEnterArray() || !json.TryNextElement() || !TryReadRow(ref json, decoder))
            {
                return decoder.Fail(FaultCode.MalformedMessage);
            }
        }
        while (json.TryNextElement());

        return json.Fault == JsonFault.None || decoder.Fail(FaultCode.MalformedMessage);
    }

    /// <summary>Reads the row before whose first element the scanner stands, and leaves it.</summary>
    private static bool TryReadRow(ref JsonScanner json, DepthDecoder decoder)
    {
        if (!json.TryReadNumber(out var price)
            || !json.TryNextElement() || !json.TryReadNumber(out var count)
            || !json.TryNextElement() || !json.TryReadNumber(out var amount))
        {
            return decoder.Fail(FaultCode.MalformedMessage);
        }

        while (json.TryNextElement())
        {
            json.TrySkip();
        }

        return (json.Fault == JsonFault.None || decoder.Fail(FaultCode.MalformedMessage))
            && TryAdd(price, count, amount, decoder);
    }

    private static bool TryAdd(
        ReadOnlySpan<byte> price, ReadOnlySpan<byte> count, ReadOnlySpan<byte> amount, DepthDecoder decoder)
    {
        if (!AsciiInteger.TryParse(count, out var orders) || orders < 0)
        {
            return decoder.Fail(FaultCode.MalformedNumber);
        }

        var side = amount[0] == (byte)'-' ? Side.Ask : Side.Bid;
        if (side == Side.Ask)
        {
            amount = amount[1..];
        }

        return IsZero(amount)
            ? decoder.Fail(FaultCode.MalformedNumber)   // an amount of nothing has no side
            : decoder.TryAdd(side, price, orders == 0 ? "0"u8 : amount);
    }

    /// <summary>True for a JSON number that is zero, whatever its exponent.</summary>
    private static bool IsZero(ReadOnlySpan<byte> number)
    {
        var exponent = number.IndexOfAny((byte)'e', (byte)'E');
        return !(exponent < 0 ? number : number[..exponent]).ContainsAnyInRange((byte)'1', (byte)'9');
    }
}
