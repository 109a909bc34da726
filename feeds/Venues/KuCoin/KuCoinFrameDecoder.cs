using System;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.KuCoin;

/// <summary>
/// Frames of KuCoin's classic public websocket, keys in any order:
/// <code>
/// {"topic":"/market/level2:BTC-USDT","type":"message","subject":"trade.l2update","data":{"changes":{"asks":[["67993.3","1.21427407","14701689783"]],"bids":[]},"sequenceEnd":14701689783,"sequenceStart":14701689783,"symbol":"BTC-USDT","time":1729816425625}}
/// {"topic":"/market/ticker:BTC-USDT","type":"message","subject":"trade.ticker","data":{"sequence":"14701689783","bestBid":"67993.2","bestBidSize":"1","bestAsk":"67993.3","bestAskSize":"1.2",...}}
/// {"id":"x","type":"welcome"}    {"id":"1","type":"ack"}    {"id":"1","type":"pong"}
/// {"id":"1","type":"error","code":404,"data":"..."}
/// </code>
/// The REST snapshot is
/// <c>{"code":"200000","data":{"time":1,"sequence":"14701689783","bids":[["67993.2","1"]],"asks":[]}}</c>.
/// </summary>
[Engine.HotPath]
internal static class KuCoinFrameDecoder
{
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && KuCoinUsualUpdate.TryDecode(frame, decoder, out var outcome))
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
        var fields = default(KuCoinFrame);
        if (!TryReadEnvelope(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (!fields.Type.Is("message"u8))
        {
            return DecodeControl(ref fields, decoder);
        }

        if (!TryFindBook(ref fields, decoder, out var kind, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        json.Return(fields.Payload);
        if (!fields.Payload.IsSet || !TryReadPayload(ref json, ref fields))
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        return kind == EventKind.TopOfBook
            ? DecodeTop(ref json, ref fields, book, decoder)
            : DecodeUpdate(ref json, ref fields, book, decoder);
    }

    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder)
    {
        var json = new JsonScanner(body);
        var fields = default(KuCoinFrame);
        if (!TryReadEnvelope(ref json, ref fields) || !json.TryFinish() || !fields.Payload.IsSet)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);   // step 6: a refusal has no data
        }

        json.Return(fields.Payload);
        return TryReadPayload(ref json, ref fields) && fields.SequenceEnd > 0
            ? DecodeLevels(ref json, ref fields, EventKind.Snapshot, book, decoder)
            : FrameOutcome.Failed(FaultCode.MalformedMessage, book);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol)
    {
        symbol = "";
        var json = new JsonScanner(frame);
        var fields = default(KuCoinFrame);
        Span<byte> room = stackalloc byte[128];
        if (!TryReadEnvelope(ref json, ref fields) || !fields.Type.Is("message"u8)
            || !fields.Topic.TryResolve(room, out var topic)
            || TryTopic(topic, out var name) != EventKind.Update)
        {
            return false;
        }

        symbol = Encoding.UTF8.GetString(name);
        return symbol.Length != 0;
    }

    private static bool TryReadEnvelope(ref JsonScanner json, ref KuCoinFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("type"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Type);
            }
            else if (name.Is("topic"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Topic);
            }
            else if (name.Is("id"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Id);
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

    private static bool TryReadPayload(ref JsonScanner json, ref KuCoinFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("sequenceStart"u8))
            {
                json.TryReadInteger(out fields.SequenceStart);
            }
            else if (name.Is("sequenceEnd"u8) || name.Is("sequence"u8))
            {
                json.TryReadInteger(out fields.SequenceEnd);
            }
            else if (name.Is("time"u8) && json.Peek() == JsonKind.Number)
            {
                json.TryReadInteger(out fields.Time);
            }
            else if (name.Is("changes"u8) && json.Peek() == JsonKind.Object)
            {
                TryReadPayload(ref json, ref fields);   // the sides of an update stand one level deeper
            }
            else
            {
                NotePlace(ref json, name, ref fields);
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static void NotePlace(ref JsonScanner json, JsonText name, ref KuCoinFrame fields)
    {
        if (name.Is("bids"u8) || name.Is("bestBid"u8))
        {
            fields.Bids = json.Place;
        }
        else if (name.Is("asks"u8) || name.Is("bestAsk"u8))
        {
            fields.Asks = json.Place;
        }
        else if (name.Is("bestBidSize"u8))
        {
            fields.BidSize = json.Place;
        }
        else if (name.Is("bestAskSize"u8))
        {
            fields.AskSize = json.Place;
        }
    }

    private static bool TryFindBook(ref KuCoinFrame fields, DepthDecoder decoder, out EventKind kind, out int book)
    {
        Span<byte> room = stackalloc byte[128];
        book = -1;
        kind = EventKind.None;
        if (!fields.Topic.TryResolve(room, out var topic))
        {
            return false;
        }

        kind = TryTopic(topic, out var symbol);
        return kind != EventKind.None && decoder.TryFind(symbol, out book);
    }

    /// <summary>What a topic carries; steps 4 and 11.</summary>
    private static EventKind TryTopic(ReadOnlySpan<byte> topic, out ReadOnlySpan<byte> symbol)
    {
        if (topic.StartsWith("/market/level2:"u8))
        {
            symbol = topic["/market/level2:".Length..];
            return EventKind.Update;
        }

        var isTicker = topic.StartsWith("/market/ticker:"u8);
        symbol = isTicker ? topic["/market/ticker:".Length..] : default;
        return isTicker ? EventKind.TopOfBook : EventKind.None;
    }

    private static FrameOutcome DecodeUpdate(
        ref JsonScanner json, ref KuCoinFrame fields, int book, DepthDecoder decoder) =>
        fields.SequenceStart <= 0 || fields.SequenceStart > fields.SequenceEnd
            ? FrameOutcome.Failed(FaultCode.MalformedMessage, book)
            : DecodeLevels(ref json, ref fields, EventKind.Update, book, decoder);

    private static FrameOutcome DecodeLevels(
        ref JsonScanner json, ref KuCoinFrame fields, EventKind kind, int book, DepthDecoder decoder)
    {
        if (!fields.Bids.IsSet || !fields.Asks.IsSet)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        if (!decoder.TryBegin(book, kind)
            || !TryReadSide(ref json, fields.Bids, Side.Bid, kind, decoder)
            || !TryReadSide(ref json, fields.Asks, Side.Ask, kind, decoder))
        {
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = fields.SequenceStart;   // steps 7 and 8 are judged by the engine
        message.LastUpdateId = fields.SequenceEnd;
        message.VenueUnixNanos = fields.UnixNanos;
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    private static bool TryReadSide(
        ref JsonScanner json, JsonPlace place, Side side, EventKind kind, DepthDecoder decoder)
    {
        json.Return(place);
        return decoder.TryAddRows(ref json, side, passesZeroPrices: kind == EventKind.Update);   // step 9
    }

    private static FrameOutcome DecodeTop(
        ref JsonScanner json, ref KuCoinFrame fields, int book, DepthDecoder decoder)
    {
        if (fields.SequenceEnd <= 0)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        if (!TryReadText(ref json, fields.Bids, out var bid) || !TryReadText(ref json, fields.BidSize, out var bidSize)
            || !TryReadText(ref json, fields.Asks, out var ask)
            || !TryReadText(ref json, fields.AskSize, out var askSize))
        {
            return FrameOutcome.Of(FrameKind.Ignored, book);   // it states no top: a side is null, or left out
        }

        if (!decoder.TryBegin(book, EventKind.TopOfBook)
            || !decoder.TryAdd(Side.Bid, bid, bidSize)
            || !decoder.TryAdd(Side.Ask, ask, askSize))
        {
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        decoder.Message.LastUpdateId = fields.SequenceEnd;   // step 11
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.TopOfBook, book);
    }

    private static bool TryReadText(ref JsonScanner json, JsonPlace place, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!place.IsSet)
        {
            return false;
        }

        json.Return(place);
        if (json.Peek() != JsonKind.String || !json.TryReadString(out var found))
        {
            return false;
        }

        text = found.Raw;
        return true;
    }

    private static FrameOutcome DecodeControl(ref KuCoinFrame fields, DepthDecoder decoder) =>
        fields.Type.Is("welcome"u8) ? FrameOutcome.Of(FrameKind.Welcome)   // step 3
        : fields.Type.Is("pong"u8) ? FrameOutcome.Of(FrameKind.Heartbeat)   // step 10
        : fields.Type.Is("ack"u8) ? FrameOutcome.Of(FrameKind.Acknowledged)
        : !fields.Type.Is("error"u8) ? FrameOutcome.Of(FrameKind.Ignored)
        : FrameOutcome.Of(
            FrameKind.Refused, decoder.TryFind(fields.Id, out var book) ? book : FrameOutcome.AllBooks);   // step 5
}
