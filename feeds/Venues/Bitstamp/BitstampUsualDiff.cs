using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.Bitstamp;

/// <summary>
/// Changed levels as Bitstamp prints them, in the two key orders that have been seen, without white space and escapes:
/// <code>
/// {"event":"data","channel":"diff_order_book_btcusd","data":{"timestamp":"1641343698","microtimestamp":"1641343698093521","bids":[...],"asks":[...]}}
/// {"data":{"timestamp":"1641343698","microtimestamp":"1641343698093521","bids":[...],"asks":[...]},"channel":"diff_order_book_btcusd","event":"data"}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class BitstampUsualDiff
{
    private const int TailMax = 96;

    private static ReadOnlySpan<byte> Channel => "\"channel\":\"diff_order_book_"u8;

    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        var channelFirst = frame.TryPass("{\"event\":\"data\","u8);
        if (!TryFindBook(bytes, channelFirst, ref frame, decoder, out var book)
            || !frame.TryPass("\"data\":{\"timestamp\":\""u8)
            || !frame.TryTakeInteger((byte)'"', out _)
            || !frame.TryPass("\",\"microtimestamp\":\""u8)
            || !frame.TryTakeInteger((byte)'"', out var microTimestamp) || microTimestamp == 0
            || !frame.TryPass("\",\"bids\":["u8)
            || !decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!frame.TryTakeRows<QuotedRow>(Side.Bid, decoder)
            || !frame.TryPass(",\"asks\":["u8)
            || !frame.TryTakeRows<QuotedRow>(Side.Ask, decoder)
            || !IsEnd(channelFirst, ref frame))
        {
            decoder.Abandon();
            return false;
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = microTimestamp;
        message.LastUpdateId = microTimestamp;
        message.VenueUnixNanos = microTimestamp < long.MaxValue / 1_000 ? microTimestamp * 1_000 : 0;
        decoder.Commit();
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }

    /// <summary>The channel names the book; it stands before the data, or behind it, at the frame's end.</summary>
    private static bool TryFindBook(
        ReadOnlySpan<byte> bytes, bool channelFirst, ref UsualFrame frame, DepthDecoder decoder, out int book)
    {
        book = -1;
        if (channelFirst)
        {
            return frame.TryPass(Channel) && frame.TryTakeText(out var symbol) && frame.TryPass(","u8)
                && decoder.TryFindAgain(symbol, out book);
        }

        var from = Math.Max(0, bytes.Length - TailMax);
        var channel = bytes[from..].LastIndexOf(Channel);
        if (channel < 0 || !frame.TryPass("{"u8))
        {
            return false;
        }

        var tail = new UsualFrame(bytes) { Position = from + channel + Channel.Length };
        return tail.TryTakeText(out var name) && decoder.TryFindAgain(name, out book);
    }

    private static bool IsEnd(bool channelFirst, ref UsualFrame frame) =>
        channelFirst
            ? frame.TryPass("}}"u8) && frame.IsAtEnd
            : frame.TryPass("},"u8) && frame.TryPass(Channel) && frame.TryTakeText(out _)
                && frame.TryPass(",\"event\":\"data\"}"u8) && frame.IsAtEnd;
}
