using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// A diff of the combined stream as Binance prints it: this key order, no white space, no escapes.
/// <code>
/// {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":50,"u":52,"b":[...],"a":[...]}}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class BinanceUsualDiff
{
    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        if (!frame.TryPass("{\"stream\":\""u8)
            || !frame.TryTakeText(out _)
            || !frame.TryPass(",\"data\":{\"e\":\"depthUpdate\",\"E\":"u8)
            || !frame.TryTakeInteger((byte)',', out var eventTime)
            || !frame.TryPass(",\"s\":\""u8)
            || !frame.TryTakeText(out var symbol)
            || !frame.TryPass(",\"U\":"u8)
            || !frame.TryTakeIntegers((byte)',', ",\"u\":"u8, out var firstUpdateId, out var lastUpdateId)
            || !frame.TryPass(",\"b\":["u8)
            || firstUpdateId > lastUpdateId || firstUpdateId == 0
            || !decoder.TryFindAgain(symbol, out var book)
            || !decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!frame.TryTakeRows<QuotedRow>(Side.Bid, decoder)
            || !frame.TryPass(",\"a\":["u8)
            || !frame.TryTakeRows<QuotedRow>(Side.Ask, decoder)
            || !frame.TryPass("}}"u8) || !frame.IsAtEnd)
        {
            decoder.Abandon();
            return false;
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = firstUpdateId;
        message.LastUpdateId = lastUpdateId;
        message.VenueUnixNanos = BinanceFrameDecoder.UnixNanos(eventTime);
        decoder.Commit();
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }
}
