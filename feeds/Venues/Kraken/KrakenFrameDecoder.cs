using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Kraken;

/// <summary>
/// Frames of Kraken's websocket v2, keys in any order:
/// <code>
/// {"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[{"price":63005.0,"qty":2.08665551}],"asks":[],"checksum":2532652056,"timestamp":"2026-08-01T02:53:53.646219Z"}]}
/// {"channel":"heartbeat"}    {"channel":"status","type":"update","data":[{...}]}
/// {"method":"subscribe","result":{"channel":"book","depth":10,"snapshot":true,"symbol":"BTC/USD"},"success":true,...}
/// {"error":"Subscription depth not supported","method":"subscribe","success":false,"symbol":"BTC/USD",...}
/// </code>
/// </summary>
[Engine.HotPath]
internal static class KrakenFrameDecoder
{
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && KrakenUsualBook.TryDecode(frame, decoder, out var outcome))
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
        var fields = default(KrakenFrame);
        if (!TryReadFields(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (fields.Method.Raw.Length != 0)
        {
            return DecodeAnswer(ref fields, decoder);
        }

        if (!fields.Channel.Is("book"u8))
        {
            return FrameOutcome.Of(fields.Channel.Is("heartbeat"u8) ? FrameKind.Heartbeat : FrameKind.Ignored);
        }

        var kind = fields.Type.Is("snapshot"u8) ? EventKind.Snapshot
            : fields.Type.Is("update"u8) ? EventKind.Update
            : EventKind.None;
        if (kind == EventKind.None || !fields.Payload.IsSet)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        json.Return(fields.Payload);
        return DecodeBooks(ref json, kind, decoder);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        symbol = "";
        depth = 0;
        var json = new JsonScanner(frame);
        var fields = default(KrakenFrame);
        if (!TryReadFields(ref json, ref fields) || !fields.Channel.Is("book"u8))
        {
            return false;
        }

        if (fields.Method.Is("subscribe"u8) && fields.Success)
        {
            symbol = SymbolText.Of(fields.Symbol);
            depth = (int)Math.Clamp(fields.Depth, 0, int.MaxValue);
            return symbol.Length != 0;
        }

        if (!fields.Payload.IsSet)
        {
            return false;
        }

        json.Return(fields.Payload);
        var book = default(KrakenBookFields);
        if (!json.TryEnterArray() || !json.TryNextElement() || !TryReadBookFields(ref json, ref book))
        {
            return false;
        }

        symbol = SymbolText.Of(book.Symbol);
        return symbol.Length != 0;
    }

    private static bool TryReadFields(ref JsonScanner json, ref KrakenFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("channel"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Channel);
            }
            else if (name.Is("type"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Type);
            }
            else if (name.Is("method"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Method);
            }
            else if (name.Is("symbol"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Symbol);
            }
            else if (name.Is("depth"u8) && json.Peek() == JsonKind.Number)
            {
                json.TryReadInteger(out fields.Depth);
            }
            else if (name.Is("success"u8))
            {
                json.TryReadBoolean(out fields.Success);
            }
            else if (name.Is("data"u8))
            {
                fields.Payload = json.Place;
                json.TrySkip();
            }
            else if (name.Is("result"u8) && json.Peek() == JsonKind.Object)
            {
                TryReadFields(ref json, ref fields);   // channel, depth and symbol of an answer stand one level deeper
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static FrameOutcome DecodeAnswer(ref KrakenFrame fields, DepthDecoder decoder)
    {
        if (fields.Method.Is("pong"u8))
        {
            return FrameOutcome.Of(FrameKind.Heartbeat);
        }

        var book = decoder.TryFind(fields.Symbol, out var found) ? found : FrameOutcome.AllBooks;
        if (!fields.Success)   // step 2
        {
            return FrameOutcome.Of(FrameKind.Refused, book);
        }

        return FrameOutcome.Of(
            fields.Method.Is("unsubscribe"u8) && fields.Channel.Is("book"u8) && book != FrameOutcome.AllBooks
                ? FrameKind.Unsubscribed   // step 7
                : FrameKind.Acknowledged,
            book);
    }

    private static FrameOutcome DecodeBooks(ref JsonScanner json, EventKind kind, DepthDecoder decoder)
    {
        var outcome = FrameOutcome.Of(FrameKind.Ignored);
        if (!json.TryEnterArray())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        while (json.TryNextElement())
        {
            var fields = default(KrakenBookFields);
            if (!TryReadBookFields(ref json, ref fields))
            {
                return FrameOutcome.Failed(FaultCode.MalformedMessage);
            }

            if (!decoder.TryFind(fields.Symbol, out var book))
            {
                continue;
            }

            var after = json.Place;
            var rest = json;
            outcome = DecodeBook(ref json, ref fields, kind, book, decoder);
            if (outcome.Kind == FrameKind.Failed)
            {
                // What stands behind it is not read any more: it may have been of any book.
                return rest.TryNextElement() ? FrameOutcome.Failed(outcome.Fault) : outcome;
            }

            json.ReturnAfterValue(after);
        }

        return json.Fault == JsonFault.None ? outcome : FrameOutcome.Failed(FaultCode.MalformedMessage);
    }

    private static bool TryReadBookFields(ref JsonScanner json, ref KrakenBookFields fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("symbol"u8))
            {
                json.TryReadString(out fields.Symbol);
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
            else if (name.Is("checksum"u8))
            {
                fields.HasChecksum = json.TryReadInteger(out fields.Checksum);
            }
            else if (name.Is("timestamp"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Timestamp);
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None && fields.Symbol.Raw.Length != 0;
    }

    private static FrameOutcome DecodeBook(
        ref JsonScanner json, ref KrakenBookFields fields, EventKind kind, int book, DepthDecoder decoder)
    {
        if (fields.HasChecksum && fields.Checksum is < 0 or > uint.MaxValue)
        {
            return FrameOutcome.Failed(FaultCode.MalformedNumber, book);
        }

        if (!decoder.TryBegin(book, kind)
            || !TryReadSide(ref json, fields.Bids, Side.Bid, decoder)
            || !TryReadSide(ref json, fields.Asks, Side.Ask, decoder))
        {
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        ref var message = ref decoder.Message;
        message.Checksum = (uint)fields.Checksum;
        message.ChecksumAlgorithm = fields.HasChecksum ? ChecksumAlgorithm.CrcOfTenLevelDigits : ChecksumAlgorithm.None;
        message.VenueUnixNanos = IsoTime.TryParse(fields.Timestamp.Raw, out var nanos) ? nanos : 0;   // step 9
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    /// <summary>A side as <c>[{"price":63005.0,"qty":2.08665551}]</c>; a side that is missing has no changes.</summary>
    private static bool TryReadSide(ref JsonScanner json, JsonPlace place, Side side, DepthDecoder decoder)
    {
        if (!place.IsSet)
        {
            return true;
        }

        json.Return(place);
        if (!json.TryEnterArray())
        {
            return decoder.Fail(FaultCode.MalformedMessage);
        }

        while (json.TryNextElement())
        {
            if (!TryReadLevel(ref json, side, decoder))
            {
                return decoder.Fail(FaultCode.MalformedMessage);
            }
        }

        return json.Fault == JsonFault.None || decoder.Fail(FaultCode.MalformedMessage);
    }

    private static bool TryReadLevel(ref JsonScanner json, Side side, DepthDecoder decoder)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        ReadOnlySpan<byte> price = default;
        ReadOnlySpan<byte> quantity = default;
        while (json.TryNextName(out var name))
        {
            if (name.Is("price"u8))
            {
                json.TryReadNumber(out price);
            }
            else if (name.Is("qty"u8))
            {
                json.TryReadNumber(out quantity);
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None && decoder.TryAdd(side, price, quantity);
    }
}
