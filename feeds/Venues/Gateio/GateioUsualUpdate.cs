using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.Gateio;

/// <summary>
/// Changed levels of both channels as Gate prints them, without white space and escapes; some members came with the
/// years:
/// <code>
/// {"channel":"spot.obu","result":{"t":1747054612695,"s":"ob.BTC_USDT.50","u":9,"U":8,"b":[...],"a":[...]},"time_ms":1747054612925}
/// {"time":1619093562,"time_ms":1619093562105,"channel":"spot.order_book_update","event":"update","result":{"t":1619093562087,"l":"100","e":"depthUpdate","E":1619093562,"s":"NEO_BTC","U":8,"u":9,"b":[...],"a":[...]}}
/// </code>
/// Whatever differs, whole books too, is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class GateioUsualUpdate
{
    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        if (!TryPassEnvelope(ref frame, out var isStream)
            || !frame.TryPass("\"result\":{\"t\":"u8)
            || !frame.TryTakeInteger((byte)',', out var millis)
            || !TryTakeSymbol(ref frame, isStream, out var symbol)
            || !TryTakeIds(ref frame, out var first, out var last)
            || first > last || first == 0
            || !frame.TryPass(",\"b\":["u8)
            || !decoder.TryFindAgain(symbol, out var book)
            || !decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!frame.TryTakeRows<StrippedRow>(Side.Bid, decoder)
            || !frame.TryPass(",\"a\":["u8)
            || !frame.TryTakeRows<StrippedRow>(Side.Ask, decoder)
            || !IsEnd(ref frame))
        {
            decoder.Abandon();
            return false;
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = first;
        message.LastUpdateId = last;
        message.VenueUnixNanos = GateioFrameDecoder.UnixNanos(millis);
        decoder.Commit();
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }

    /// <summary>Up to the result; says whether it is one of an obu stream.</summary>
    private static bool TryPassEnvelope(ref UsualFrame frame, out bool isStream)
    {
        isStream = frame.TryPass("{\"channel\":\"spot.obu\","u8);
        if (isStream)
        {
            return true;
        }

        if (!frame.TryPass("{\"time\":"u8) || !frame.TryTakeInteger((byte)',', out _)
            || (frame.TryPass(",\"time_ms\":"u8) && !frame.TryTakeInteger((byte)',', out _)))
        {
            return false;
        }

        isStream = frame.TryPass(",\"channel\":\"spot.obu\",\"event\":\"update\","u8);
        return isStream || frame.TryPass(",\"channel\":\"spot.order_book_update\",\"event\":\"update\","u8);
    }

    private static bool TryTakeSymbol(ref UsualFrame frame, bool isStream, out ReadOnlySpan<byte> symbol)
    {
        symbol = default;
        if (isStream)
        {
            return frame.TryPass(",\"s\":\""u8)
                && frame.TryTakeText(out var stream)
                && GateioFrameDecoder.TryPair(stream, out symbol);
        }

        return (!frame.TryPass(",\"l\":\""u8) || frame.TryTakeText(out _))
            && frame.TryPass(",\"e\":\"depthUpdate\",\"E\":"u8)
            && frame.TryTakeInteger((byte)',', out _)
            && frame.TryPass(",\"s\":\""u8)
            && frame.TryTakeText(out symbol);
    }

    /// <summary>Both ids, in either order: streams were seen to state the last one first.</summary>
    private static bool TryTakeIds(ref UsualFrame frame, out long first, out long last)
    {
        if (frame.TryPass(",\"u\":"u8))
        {
            first = 0;
            return frame.TryTakeInteger((byte)',', out last)
                && frame.TryPass(",\"U\":"u8)
                && frame.TryTakeInteger((byte)',', out first);
        }

        last = 0;
        first = 0;
        return frame.TryPass(",\"U\":"u8)
            && frame.TryTakeInteger((byte)',', out first)
            && frame.TryPass(",\"u\":"u8)
            && frame.TryTakeInteger((byte)',', out last);
    }

    private static bool IsEnd(ref UsualFrame frame) =>
        frame.TryPass("}"u8)
        && (!frame.TryPass(",\"time_ms\":"u8) || frame.TryTakeInteger((byte)'}', out _))
        && frame.TryPass("}"u8) && frame.IsAtEnd;
}
