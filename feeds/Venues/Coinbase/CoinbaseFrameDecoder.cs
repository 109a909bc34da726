using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Coinbase;

/// <summary>
/// Frames of Coinbase Exchange's websocket, keys in any order:
/// <code>
/// {"type":"snapshot","product_id":"BTC-USD","asks":[["10102.55","0.57753524"]],"bids":[["10101.10","0.45054140"]],"time":"2023-08-15T05:27:08.000000Z"}
/// {"type":"l2update","product_id":"BTC-USD","changes":[["buy","10101.80","0.162567"],["sell","10102.55","0.00000000"]],"time":"2023-08-15T05:27:09.050131Z"}
/// {"type":"subscriptions","channels":[{"name":"level2_batch","product_ids":["BTC-USD"]}]}
/// {"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"2023-08-15T05:27:09.000000Z"}
/// {"type":"error","message":"Failed to subscribe","reason":"BTC-NOPE is not a valid product"}
/// </code>
/// </summary>
[Engine.HotPath]
internal static class CoinbaseFrameDecoder
{
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && CoinbaseUsualUpdate.TryDecode(frame, decoder, out var outcome))
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
        var fields = default(CoinbaseFrame);
        if (!TryReadFields(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        var kind = fields.Type.Is("l2update"u8) ? EventKind.Update
            : fields.Type.Is("snapshot"u8) ? EventKind.Snapshot
            : EventKind.None;
        return kind != EventKind.None ? DecodeBook(ref json, ref fields, kind, decoder)
            : fields.Type.Is("heartbeat"u8) ? FrameOutcome.Of(FrameKind.Heartbeat)          // step 8
            : fields.Type.Is("subscriptions"u8) ? FrameOutcome.Of(FrameKind.Acknowledged)   // step 2
            : fields.Type.Is("error"u8) ? Refuse(fields.Reason, decoder)                    // step 3
            : FrameOutcome.Of(FrameKind.Ignored);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol)
    {
        var json = new JsonScanner(frame);
        var fields = default(CoinbaseFrame);
        symbol = TryReadFields(ref json, ref fields) && (fields.Type.Is("l2update"u8) || fields.Type.Is("snapshot"u8))
            ? SymbolText.Of(fields.Product)
            : "";
        return symbol.Length != 0;
    }

    private static bool TryReadFields(ref JsonScanner json, ref CoinbaseFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (json.Peek() == JsonKind.String)
            {
                ReadText(ref json, name, ref fields);
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
            else if (name.Is("changes"u8))
            {
                fields.Changes = json.Place;
                json.TrySkip();
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static void ReadText(ref JsonScanner json, JsonText name, ref CoinbaseFrame fields)
    {
        if (!json.TryReadString(out var text))
        {
            return;
        }

        if (name.Is("type"u8))
        {
            fields.Type = text;
        }
        else if (name.Is("product_id"u8))
        {
            fields.Product = text;
        }
        else if (name.Is("time"u8))
        {
            fields.Time = text;
        }
        else if (name.Is("reason"u8))
        {
            fields.Reason = text;
        }
    }

    private static FrameOutcome DecodeBook(
        ref JsonScanner json, ref CoinbaseFrame fields, EventKind kind, DepthDecoder decoder)
    {
        if (fields.Product.Raw.Length == 0)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (!decoder.TryFind(fields.Product, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        var isWhole = kind == EventKind.Snapshot ? fields.Bids.IsSet && fields.Asks.IsSet : fields.Changes.IsSet;
        if (!isWhole)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        if (kind == EventKind.Snapshot
            ? !BookRows.TryRead(ref json, book, kind, fields.Bids, fields.Asks, decoder)   // step 4
            : !TryReadChanges(ref json, book, fields.Changes, decoder))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        Commit(fields.Time.Raw, decoder);
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    /// <summary>Begins the update and reads rows of both sides into it; false with nothing begun.</summary>
    private static bool TryReadChanges(ref JsonScanner json, int book, JsonPlace changes, DepthDecoder decoder)
    {
        if (decoder.TryBegin(book, EventKind.Update) && TryReadRows(ref json, changes, decoder))
        {
            return true;
        }

        decoder.Abandon();
        return false;
    }

    private static bool TryReadRows(ref JsonScanner json, JsonPlace changes, DepthDecoder decoder)
    {
        json.Return(changes);
        if (!json.TryEnterArray())
        {
            return decoder.Fail(FaultCode.MalformedMessage);
        }

        while (json.TryNextElement())
        {
            if (!json.TryEnterArray()
                || !json.TryNextElement() || !json.TryReadString(out var name)
                || !json.TryNextElement() || !decoder.TryReadPrice(ref json, out var price)
                || !json.TryNextElement() || !decoder.TryReadQuantity(ref json, out var quantity)
                || !(name.Is("buy"u8) || name.Is("sell"u8)))
            {
                return decoder.Fail(FaultCode.MalformedMessage);
            }

            if (!decoder.TryAdd(name.Is("buy"u8) ? Side.Bid : Side.Ask, price, quantity))   // step 6
            {
                return false;
            }

            while (json.TryNextElement())
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None || decoder.Fail(FaultCode.MalformedMessage);
    }

    /// <summary>A reason begins with the product that it is about, if it is about one.</summary>
    private static FrameOutcome Refuse(JsonText reason, DepthDecoder decoder)
    {
        Span<byte> room = stackalloc byte[512];
        var book = FrameOutcome.AllBooks;
        if (reason.TryResolve(room, out var text))
        {
            var end = text.IndexOf((byte)' ');
            book = decoder.TryFind(end < 0 ? text : text[..end], out var found) ? found : FrameOutcome.AllBooks;
        }

        return FrameOutcome.Of(FrameKind.Refused, book);
    }

    /// <summary>Fills what is not a level of the open message, and makes it visible.</summary>
    internal static void Commit(ReadOnlySpan<byte> time, DepthDecoder decoder)
    {
        decoder.Message.VenueUnixNanos = IsoTime.TryParse(time, out var nanos) ? nanos : 0;   // step 9
        decoder.Commit();
    }
}
