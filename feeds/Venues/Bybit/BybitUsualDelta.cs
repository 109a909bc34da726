using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.Bybit;

/// <summary>
/// A delta of one book as Bybit prints it on spot, or with <c>type</c> before <c>ts</c> as elsewhere, without white
/// space and escapes; <c>cts</c> may be missing.
/// <code>
/// {"topic":"orderbook.50.BTCUSDT","ts":1687940967466,"type":"delta","data":{"s":"BTCUSDT","b":[...],"a":[...],"u":177400507,"seq":66544703342},"cts":1687940967464}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class BybitUsualDelta
{
    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        if (!frame.TryPass("{\"topic\":\"orderbook."u8)
            || !frame.TryTakeText(out _)
            || !TryTakeHead(ref frame, out var time)
            || !frame.TryPass("\"data\":{\"s\":\""u8)
            || !frame.TryTakeText(out var symbol)
            || !frame.TryPass(",\"b\":["u8)
            || !decoder.TryFindAgain(symbol, out var book)
            || !decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!frame.TryTakeRows<StrippedRow>(Side.Bid, decoder)
            || !frame.TryPass(",\"a\":["u8)
            || !frame.TryTakeRows<StrippedRow>(Side.Ask, decoder)
            || !frame.TryPass(",\"u\":"u8)
            || !frame.TryTakeInteger((byte)',', out var updateId) || updateId <= 1
            || !frame.TryPass(",\"seq\":"u8)
            || !frame.TryTakeInteger((byte)'}', out _)
            || !TryTakeEnd(ref frame, ref time))
        {
            decoder.Abandon();
            return false;
        }

        BybitFrameDecoder.Commit(updateId, time, decoder);
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }

    private static bool TryTakeHead(ref UsualFrame frame, out long time)
    {
        if (frame.TryPass(",\"ts\":"u8))
        {
            return frame.TryTakeInteger((byte)',', out time) && frame.TryPass(",\"type\":\"delta\","u8);
        }

        time = 0;
        return frame.TryPass(",\"type\":\"delta\",\"ts\":"u8) && frame.TryTakeInteger((byte)',', out time)
            && frame.TryPass(","u8);
    }

    private static bool TryTakeEnd(ref UsualFrame frame, ref long time)
    {
        if (!frame.TryPass("}"u8))
        {
            return false;
        }

        if (frame.TryPass(",\"cts\":"u8))
        {
            if (!frame.TryTakeInteger((byte)'}', out var changed))
            {
                return false;
            }

            time = changed != 0 ? changed : time;
        }

        return frame.TryPass("}"u8) && frame.IsAtEnd;
    }
}
