using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.KuCoin;

/// <summary>
/// Changed levels as KuCoin prints them, in the key orders of its documentation and of recorded traffic, without white
/// space and escapes:
/// <code>
/// {"topic":"/market/level2:BTC-USDT","type":"message","subject":"trade.l2update","data":{"changes":{"asks":[...],"bids":[...]},"sequenceEnd":8,"sequenceStart":7,"symbol":"BTC-USDT","time":1729816425625}}
/// {"data":{"sequenceStart":7,"symbol":"BTC-USDT","changes":{"asks":[...],"bids":[...]},"sequenceEnd":8},"subject":"trade.l2update","topic":"/market/level2:BTC-USDT","type":"message"}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class KuCoinUsualUpdate
{
    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        var first = 0L;
        var millis = 0L;
        var topicFirst = frame.TryPass("{\"topic\":\"/market/level2:"u8);
        if (!(topicFirst ? TryBegin(ref frame, out var symbol) : TryBeginWithData(ref frame, out first, out symbol))
            || !decoder.TryFindAgain(symbol, out var book)
            || !decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!frame.TryTakeRows<SequencedRow>(Side.Ask, decoder)
            || !frame.TryPass(",\"bids\":["u8)
            || !frame.TryTakeRows<SequencedRow>(Side.Bid, decoder)
            || !frame.TryPass("},\"sequenceEnd\":"u8)
            || !(topicFirst
                ? TryEnd(ref frame, symbol, out first, out var last, out millis)
                : TryEndWithTopic(ref frame, symbol, out last))
            || first > last || first == 0)
        {
            decoder.Abandon();
            return false;
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = first;
        message.LastUpdateId = last;
        message.VenueUnixNanos = millis < long.MaxValue / 1_000_000 ? millis * 1_000_000 : 0;
        decoder.Commit();
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }

    private static bool TryBegin(ref UsualFrame frame, out ReadOnlySpan<byte> symbol) =>
        frame.TryTakeText(out symbol)
        && frame.TryPass(
            ",\"type\":\"message\",\"subject\":\"trade.l2update\",\"data\":{\"changes\":{\"asks\":["u8);

    private static bool TryBeginWithData(ref UsualFrame frame, out long first, out ReadOnlySpan<byte> symbol)
    {
        first = 0;
        symbol = default;
        return frame.TryPass("{\"data\":{\"sequenceStart\":"u8)
            && frame.TryTakeInteger((byte)',', out first)
            && frame.TryPass(",\"symbol\":\""u8)
            && frame.TryTakeText(out symbol)
            && frame.TryPass(",\"changes\":{\"asks\":["u8);
    }

    private static bool TryEnd(
        ref UsualFrame frame, scoped ReadOnlySpan<byte> symbol, out long first, out long last, out long millis)
    {
        first = 0;
        millis = 0;
        return frame.TryTakeInteger((byte)',', out last)
            && frame.TryPass(",\"sequenceStart\":"u8)
            && frame.TryTakeInteger((byte)',', out first)
            && frame.TryPass(",\"symbol\":\""u8)
            && frame.TryPass(symbol)
            && frame.TryPass("\",\"time\":"u8)
            && frame.TryTakeInteger((byte)'}', out millis)
            && frame.TryPass("}}"u8) && frame.IsAtEnd;
    }

    /// <summary>The topic stands at the end and has to name the symbol that the data names.</summary>
    private static bool TryEndWithTopic(ref UsualFrame frame, scoped ReadOnlySpan<byte> symbol, out long last) =>
        frame.TryTakeInteger((byte)'}', out last)
        && frame.TryPass("},\"subject\":\"trade.l2update\",\"topic\":\"/market/level2:"u8)
        && frame.TryPass(symbol)
        && frame.TryPass("\",\"type\":\"message\"}"u8) && frame.IsAtEnd;
}
