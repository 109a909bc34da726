using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// Frames of Binance's spot streams, raw or combined:
/// <code>
/// {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":50,"u":52,"b":[["61737.63000000","0.00000000"]],"a":[]}}
/// {"u":52,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}      bookTicker
/// {"result":null,"id":1}    {"code":2,"msg":"Invalid request: ...","id":1}    {"e":"serverShutdown","E":1723161255208}
/// </code>
/// Keys may come in any order; levels that come before the symbol are passed over and read afterwards.
/// </summary>
[Engine.HotPath]
internal static class BinanceFrameDecoder
{
    private const long MicrosecondsFrom = 100_000_000_000_000;   // a time above this is not in milliseconds

    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && BinanceUsualDiff.TryDecode(frame, decoder, out var outcome))
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
        var fields = default(BinanceFrame);
        if (!TryReadFields(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (fields.HasEventType)
        {
            return fields.EventType.Is("depthUpdate"u8) ? DecodeDiff(ref json, ref fields, decoder)
                : fields.EventType.Is("serverShutdown"u8) ? FrameOutcome.Of(FrameKind.ReconnectRequested)   // step 12
                : FrameOutcome.Of(FrameKind.Ignored);
        }

        if (fields.BidQuantity.IsSet && fields.AskQuantity.IsSet)
        {
            return DecodeTop(ref json, ref fields, decoder);
        }

        return FrameOutcome.Of(
            fields.IsRefusal ? FrameKind.Refused : fields.IsAnswer ? FrameKind.Acknowledged : FrameKind.Ignored);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol)
    {
        var json = new JsonScanner(frame);
        var fields = default(BinanceFrame);
        var found = TryReadFields(ref json, ref fields) && fields.HasEventType && fields.EventType.Is("depthUpdate"u8);
        symbol = found ? SymbolText.Of(fields.Symbol) : "";
        return symbol.Length != 0;
    }

    private static bool TryReadFields(ref JsonScanner json, ref BinanceFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            var single = name.OnlyByte;
            var done = single != 0 ? TryReadField(ref json, single, ref fields)
                : name.Is("data"u8) && json.Peek() == JsonKind.Object ? TryReadFields(ref json, ref fields)
                : TryReadControl(ref json, name, ref fields);
            if (!done)
            {
                return false;
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static bool TryReadField(ref JsonScanner json, byte name, ref BinanceFrame fields)
    {
        switch (name)
        {
            case (byte)'e' when json.Peek() == JsonKind.String:
                fields.HasEventType = true;
                return json.TryReadString(out fields.EventType);
            case (byte)'s' when json.Peek() == JsonKind.String:
                return json.TryReadString(out fields.Symbol);
            case (byte)'E' when json.Peek() == JsonKind.Number:
                return json.TryReadInteger(out fields.EventTime);
            case (byte)'U' when json.Peek() == JsonKind.Number:
                return json.TryReadInteger(out fields.FirstUpdateId);
            case (byte)'u' when json.Peek() == JsonKind.Number:
                return json.TryReadInteger(out fields.LastUpdateId);
            case (byte)'b':
                fields.Bids = json.Place;
                return json.TrySkip();
            case (byte)'a':
                fields.Asks = json.Place;
                return json.TrySkip();
            case (byte)'B':
                fields.BidQuantity = json.Place;
                return json.TrySkip();
            case (byte)'A':
                fields.AskQuantity = json.Place;
                return json.TrySkip();
            default:
                return json.TrySkip();
        }
    }

    private static bool TryReadControl(ref JsonScanner json, JsonText name, ref BinanceFrame fields)
    {
        fields.IsAnswer |= name.Is("result"u8);
        fields.IsRefusal |= name.Is("code"u8) || name.Is("error"u8);
        return json.TrySkip();
    }

    private static FrameOutcome DecodeDiff(ref JsonScanner json, ref BinanceFrame fields, DepthDecoder decoder)
    {
        if (!fields.HasChain || !fields.Bids.IsSet || !fields.Asks.IsSet || fields.FirstUpdateId > fields.LastUpdateId)
        {
            return decoder.TryFind(fields.Symbol, out var named)
                ? FrameOutcome.Failed(FaultCode.MalformedMessage, named)
                : FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (!decoder.TryFind(fields.Symbol, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        if (!BookRows.TryRead(ref json, book, EventKind.Update, fields.Bids, fields.Asks, decoder))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = fields.FirstUpdateId;   // steps 5 to 7 are judged by the engine
        message.LastUpdateId = fields.LastUpdateId;
        message.VenueUnixNanos = UnixNanos(fields.EventTime);
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    private static FrameOutcome DecodeTop(ref JsonScanner json, ref BinanceFrame fields, DepthDecoder decoder)
    {
        if (!decoder.TryFind(fields.Symbol, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        if (fields.LastUpdateId == 0 || !fields.Bids.IsSet || !fields.Asks.IsSet)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        if (!decoder.TryBegin(book, EventKind.TopOfBook)
            || !TryReadTop(ref json, fields.Bids, fields.BidQuantity, Side.Bid, decoder)
            || !TryReadTop(ref json, fields.Asks, fields.AskQuantity, Side.Ask, decoder))
        {
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        decoder.Message.LastUpdateId = fields.LastUpdateId;   // step 10
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.TopOfBook, book);
    }

    private static bool TryReadTop(
        ref JsonScanner json, JsonPlace price, JsonPlace quantity, Side side, DepthDecoder decoder)
    {
        json.Return(price);
        if (!json.TryReadString(out var priceText))
        {
            return decoder.Fail(FaultCode.MalformedMessage);
        }

        json.Return(quantity);
        return json.TryReadString(out var quantityText)
            ? decoder.TryAdd(side, priceText.Raw, quantityText.Raw)
            : decoder.Fail(FaultCode.MalformedMessage);
    }

    /// <summary>Step 11: milliseconds or microseconds, told apart by their size.</summary>
    internal static long UnixNanos(long eventTime) =>
        eventTime is <= 0 or > long.MaxValue / 1_000 ? 0
        : eventTime >= MicrosecondsFrom ? eventTime * 1_000
        : eventTime * 1_000_000;
}
