using System;
using System.Globalization;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Gateio;

/// <summary>
/// Frames of Gate's websocket v4, keys in any order:
/// <code>
/// {"channel":"spot.obu","result":{"t":1747054612673,"full":true,"s":"ob.BTC_USDT.50","u":7,"b":[["104027.1","5"]],"a":[]},"time_ms":1747054612848}
/// {"channel":"spot.obu","result":{"t":1747054612695,"s":"ob.BTC_USDT.50","u":9,"U":8,"b":[["104027.1","0"]],"a":[]},"time_ms":1747054612925}
/// {"time":1619093562,"channel":"spot.order_book_update","event":"update","result":{"t":1619093562087,"e":"depthUpdate","E":1619093562,"s":"NEO_BTC","U":8,"u":9,"b":[],"a":[["0.0018659","0.5"]]}}
/// {"time":1,"channel":"spot.obu","event":"subscribe","payload":["ob.BTC_USDT.50"],"result":{"status":"success"}}
/// {"time":1,"channel":"spot.pong",...}
/// {"time":1,"channel":"spot.order_book_update","event":"subscribe","payload":["X_Y","100ms"],"error":{"code":2,"message":"unknown currency pair X_Y"},"result":{"status":"fail"}}
/// </code>
/// A bare result of an obu stream is read too.
/// </summary>
[Engine.HotPath]
internal static class GateioFrameDecoder
{
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && GateioUsualUpdate.TryDecode(frame, decoder, out var outcome))
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
        var fields = default(GateioFrame);
        if (!TryReadFields(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (fields.IsRefusal || fields.Event.Is("subscribe"u8) || fields.Event.Is("unsubscribe"u8))
        {
            return DecodeAnswer(ref fields, decoder);
        }

        Span<byte> room = stackalloc byte[64];
        if (!TrySymbol(in fields, room, out var symbol))
        {
            return FrameOutcome.Of(fields.Channel.Is("spot.pong"u8) ? FrameKind.Heartbeat : FrameKind.Ignored);
        }

        if (!decoder.TryFind(symbol, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        return DecodeLevels(ref json, ref fields, book, decoder);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        symbol = "";
        depth = 0;
        var json = new JsonScanner(frame);
        var fields = default(GateioFrame);
        Span<byte> room = stackalloc byte[64];
        if (!TryReadFields(ref json, ref fields) || !TrySymbol(in fields, room, out var name))
        {
            return false;
        }

        symbol = Encoding.UTF8.GetString(name);
        var levels = SymbolText.Of(fields.Stream);
        depth = levels.Length == symbol.Length
            ? GateioDialect.BracketedDepth
            : int.Parse(levels.AsSpan(levels.LastIndexOf('.') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>Milliseconds to nanoseconds; 0 for what is absurd.</summary>
    internal static long UnixNanos(long millis) =>
        millis is > 0 and < long.MaxValue / 1_000_000 ? millis * 1_000_000 : 0;

    /// <summary>The pair of an obu stream such as <c>ob.BTC_USDT.50</c>: 1 to 4 digits of levels behind it.</summary>
    internal static bool TryPair(ReadOnlySpan<byte> stream, out ReadOnlySpan<byte> pair)
    {
        pair = default;
        var point = stream.LastIndexOf((byte)'.');
        if (!stream.StartsWith("ob."u8) || point <= 3 || stream.Length - point is < 2 or > 5
            || stream[(point + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return false;
        }

        pair = stream[3..point];
        return true;
    }

    private static bool TryReadFields(ref JsonScanner json, ref GateioFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            var single = name.OnlyByte;
            var done = single != 0
                ? TryReadField(ref json, single, ref fields)
                : TryReadField(ref json, name, ref fields);
            if (!done)
            {
                return false;
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static bool TryReadField(ref JsonScanner json, byte name, ref GateioFrame fields)
    {
        switch (name)
        {
            case (byte)'s' when json.Peek() == JsonKind.String:
                return json.TryReadString(out fields.Stream);
            case (byte)'t' when json.Peek() == JsonKind.Number:
                return json.TryReadInteger(out fields.Time);
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
            default:
                return json.TrySkip();
        }
    }

    private static bool TryReadField(ref JsonScanner json, JsonText name, ref GateioFrame fields)
    {
        var kind = json.Peek();
        if (kind == JsonKind.Object && (name.Is("result"u8) || name.Is("error"u8)))
        {
            fields.IsRefusal |= name.Is("error"u8);
            return TryReadFields(ref json, ref fields);
        }

        if (kind == JsonKind.Array && name.Is("payload"u8))
        {
            return TryReadSubject(ref json, ref fields);
        }

        if (kind == JsonKind.String)
        {
            return name.Is("channel"u8) ? json.TryReadString(out fields.Channel)
                : name.Is("event"u8) ? json.TryReadString(out fields.Event)
                : name.Is("status"u8) ? json.TryReadString(out fields.Status)
                : name.Is("message"u8) ? json.TryReadString(out fields.Message)
                : json.TrySkip();
        }

        return name.Is("full"u8) && kind is JsonKind.True or JsonKind.False
            ? json.TryReadBoolean(out fields.IsFull)
            : json.TrySkip();
    }

    private static bool TryReadSubject(ref JsonScanner json, ref GateioFrame fields)
    {
        json.TryEnterArray();
        for (var index = 0; json.TryNextElement(); index++)
        {
            if (index == 0 && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Subject);
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    /// <summary>The pair whose levels the frame carries; false when it carries none.</summary>
    private static bool TrySymbol(in GateioFrame fields, Span<byte> room, out ReadOnlySpan<byte> symbol)
    {
        if (fields.Channel.Is("spot.order_book_update"u8))   // step 8
        {
            return fields.Stream.TryResolve(room, out symbol) && !symbol.IsEmpty;
        }

        symbol = default;
        return (fields.Channel.Is("spot.obu"u8) || fields.Channel.Raw.IsEmpty)   // step 4
            && fields.Stream.TryResolve(room, out var stream) && TryPair(stream, out symbol);
    }

    private static FrameOutcome DecodeLevels(
        ref JsonScanner json, ref GateioFrame fields, int book, DepthDecoder decoder)
    {
        var ids = fields.LastUpdateId > 0
            && (fields.IsFull || (fields.FirstUpdateId > 0 && fields.FirstUpdateId <= fields.LastUpdateId));
        if (!ids || (fields.IsFull && (!fields.Bids.IsSet || !fields.Asks.IsSet)))
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        if (!decoder.TryBegin(book, fields.IsFull ? EventKind.Snapshot : EventKind.Update))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        decoder.Message.Flags |= fields.IsFull ? EventFlags.Pushed : EventFlags.None;   // steps 5 and 10
        if (!TryReadSide(ref json, fields.Bids, Side.Bid, decoder)
            || !TryReadSide(ref json, fields.Asks, Side.Ask, decoder))
        {
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = fields.IsFull ? 0 : fields.FirstUpdateId;   // steps 6 and 9 are judged by the engine
        message.LastUpdateId = fields.LastUpdateId;
        message.VenueUnixNanos = fields.UnixNanos;
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    /// <summary>A side that is missing has no changes (step 6).</summary>
    private static bool TryReadSide(ref JsonScanner json, JsonPlace place, Side side, DepthDecoder decoder)
    {
        if (!place.IsSet)
        {
            return true;
        }

        json.Return(place);
        return decoder.TryAddRows(ref json, side);
    }

    /// <summary>Step 3.</summary>
    private static FrameOutcome DecodeAnswer(ref GateioFrame fields, DepthDecoder decoder)
    {
        Span<byte> room = stackalloc byte[64];
        var book = fields.Subject.TryResolve(room, out var subject)
            && decoder.TryFind(TryPair(subject, out var pair) ? pair : subject, out var found)
                ? found
                : FrameOutcome.AllBooks;
        var refused = fields.IsRefusal || fields.Status.Is("fail"u8);
        var served = fields.Message.Raw.StartsWith("Alert sub "u8);   // step 7: the stream is there already
        return FrameOutcome.Of(refused && !served ? FrameKind.Refused : FrameKind.Acknowledged, book);
    }
}
