using System;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bitstamp;

/// <summary>
/// Frames of Bitstamp's websocket v2, keys in any order:
/// <code>
/// {"event":"data","channel":"diff_order_book_btcusd","data":{"timestamp":"1641343698","microtimestamp":"1641343698093521","bids":[["0.14","12.0"]],"asks":[]}}
/// {"event":"bts:subscription_succeeded","channel":"...","data":{}}    {"event":"bts:error","channel":"","data":{"code":4009,"message":"..."}}
/// {"event":"bts:request_reconnect","channel":"","data":""}            {"event":"bts:heartbeat","channel":"","data":{"status":"success"}}
/// </code>
/// The REST body is the inner object alone.
/// </summary>
[Engine.HotPath]
internal static class BitstampFrameDecoder
{
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && BitstampUsualDiff.TryDecode(frame, decoder, out var outcome))
        {
            decoder.UsualFrames++;
            return outcome;
        }

        return DecodeGeneral(frame, decoder);
    }

    /// <summary>Any legal spelling of a frame.</summary>
    public static FrameOutcome DecodeGeneral(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        decoder.GeneralFrames++;
        var json = new JsonScanner(frame);
        var fields = default(BitstampFrame);
        if (!TryReadEnvelope(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (!fields.Event.Is("data"u8))
        {
            return DecodeControl(ref fields);
        }

        if (!TryFindBook(ref fields, decoder, out var kind, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        json.Return(fields.Payload);
        return TryReadBook(ref json, ref fields) && fields.HasBook
            ? DecodeBook(ref json, ref fields, kind, book, decoder)
            : FrameOutcome.Failed(FaultCode.MalformedMessage, book);
    }

    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder)
    {
        var json = new JsonScanner(body);
        var fields = default(BitstampFrame);
        return TryReadBook(ref json, ref fields) && json.TryFinish() && fields.HasBook
            ? DecodeBook(ref json, ref fields, EventKind.Snapshot, book, decoder)
            : FrameOutcome.Failed(FaultCode.MalformedMessage, book);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol)
    {
        symbol = "";
        var json = new JsonScanner(frame);
        var fields = default(BitstampFrame);
        Span<byte> room = stackalloc byte[128];
        if (!TryReadEnvelope(ref json, ref fields) || !fields.Event.Is("data"u8)
            || !fields.Channel.TryResolve(room, out var channel) || !TrySymbol(channel, out _, out var pair))
        {
            return false;
        }

        symbol = Encoding.UTF8.GetString(pair);
        return true;
    }

    private static bool TryReadEnvelope(ref JsonScanner json, ref BitstampFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("event"u8))
            {
                json.TryReadString(out fields.Event);
            }
            else if (name.Is("channel"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Channel);
            }
            else if (name.Is("data"u8))
            {
                fields.Payload = json.Place;
                json.TrySkip();
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static bool TryReadBook(ref JsonScanner json, ref BitstampFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("microtimestamp"u8))
            {
                json.TryReadInteger(out fields.MicroTimestamp);
            }
            else if (name.Is("bids"u8))
            {
                fields.Bids = json.Place;
                json.TrySkip();
            }
            else if (name.Is("asks"u8))
            {
                fields.Asks = json.Place;
                json.TrySkip();
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static FrameOutcome DecodeBook(
        ref JsonScanner json, ref BitstampFrame fields, EventKind kind, int book, DepthDecoder decoder)
    {
        if (!BookRows.TryRead(ref json, book, kind, fields.Bids, fields.Asks, decoder))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = fields.MicroTimestamp;   // step 4 is judged by the engine
        message.LastUpdateId = fields.MicroTimestamp;
        message.VenueUnixNanos = fields.MicroTimestamp < long.MaxValue / 1_000 ? fields.MicroTimestamp * 1_000 : 0;
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    private static bool TryFindBook(ref BitstampFrame fields, DepthDecoder decoder, out EventKind kind, out int book)
    {
        Span<byte> room = stackalloc byte[128];
        book = -1;
        kind = EventKind.None;
        return fields.Channel.TryResolve(room, out var channel) && TrySymbol(channel, out kind, out var symbol)
            && decoder.TryFind(symbol, out book);
    }

    private static bool TrySymbol(ReadOnlySpan<byte> channel, out EventKind kind, out ReadOnlySpan<byte> symbol)
    {
        if (channel.StartsWith("diff_order_book_"u8))
        {
            kind = EventKind.Update;
            symbol = channel["diff_order_book_".Length..];
            return true;
        }

        kind = EventKind.Snapshot;
        symbol = channel.StartsWith("order_book_"u8) ? channel["order_book_".Length..] : default;
        return !symbol.IsEmpty;
    }

    private static FrameOutcome DecodeControl(ref BitstampFrame fields) => FrameOutcome.Of(
        fields.Event.Is("bts:request_reconnect"u8) ? FrameKind.ReconnectRequested   // step 7
        : fields.Event.Is("bts:error"u8) ? FrameKind.Refused
        : fields.Event.Is("bts:heartbeat"u8) ? FrameKind.Heartbeat
        : fields.Event.Is("bts:subscription_succeeded"u8) ? FrameKind.Acknowledged
        : FrameKind.Ignored);
}
