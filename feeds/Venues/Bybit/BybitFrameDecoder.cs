using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bybit;

/// <summary>
/// Frames of Bybit's websocket v5, keys in any order:
/// <code>
/// {"topic":"orderbook.50.BTCUSDT","ts":1687940967466,"type":"delta","data":{"s":"BTCUSDT","b":[["30247.20","30.028"]],"a":[["30248.70","0"]],"u":177400507,"seq":66544703342},"cts":1687940967464}
/// {"success":true,"ret_msg":"subscribe","conn_id":"2324d924","req_id":"BTCUSDT","op":"subscribe"}
/// {"success":false,"ret_msg":"error:handler not found,topic:orderbook.50.NOPE","conn_id":"2324d924","req_id":"NOPE","op":"subscribe"}
/// {"success":true,"ret_msg":"pong","conn_id":"2324d924","op":"ping"}
/// </code>
/// </summary>
[Engine.HotPath]
internal static class BybitFrameDecoder
{
    private const long RestartId = 1;

    private static ReadOnlySpan<byte> TopicPrefix => "orderbook."u8;

    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && BybitUsualDelta.TryDecode(frame, decoder, out var outcome))
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
        var fields = default(BybitFrame);
        if (!TryReadFields(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (fields.Operation.Raw.Length != 0)
        {
            return BybitAnswers.Decode(ref fields, decoder);
        }

        if (!IsBookTopic(fields.Topic))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        var kind = fields.Type.Is("delta"u8) ? EventKind.Update
            : fields.Type.Is("snapshot"u8) ? EventKind.Snapshot
            : EventKind.None;
        if (kind == EventKind.None || !fields.Payload.IsSet)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        json.Return(fields.Payload);
        return DecodeBook(ref json, ref fields, kind, decoder);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol)
    {
        symbol = "";
        var json = new JsonScanner(frame);
        var fields = default(BybitFrame);
        if (!TryReadFields(ref json, ref fields) || !IsBookTopic(fields.Topic) || !fields.Payload.IsSet)
        {
            return false;
        }

        json.Return(fields.Payload);
        var book = default(BybitBookFields);
        symbol = TryReadBook(ref json, ref book) ? SymbolText.Of(book.Symbol) : "";
        return symbol.Length != 0;
    }

    private static bool IsBookTopic(JsonText topic)
    {
        Span<byte> room = stackalloc byte[64];
        return topic.TryResolve(room, out var text) && text.StartsWith(TopicPrefix);
    }

    private static bool TryReadFields(ref JsonScanner json, ref BybitFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("topic"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Topic);
            }
            else if (name.Is("type"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Type);
            }
            else if (name.Is("data"u8))
            {
                fields.Payload = json.Place;
                json.TrySkip();
            }
            else if (name.Is("ts"u8))
            {
                json.TryReadInteger(out fields.SendTime);
            }
            else if (name.Is("cts"u8))
            {
                json.TryReadInteger(out fields.ChangeTime);
            }
            else if (!TryReadAnswer(ref json, name, ref fields))
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    /// <summary>The fields that only answers have; false for any other, which is not taken.</summary>
    private static bool TryReadAnswer(ref JsonScanner json, JsonText name, ref BybitFrame fields)
    {
        if (name.Is("success"u8))
        {
            return json.TryReadBoolean(out fields.Success);
        }

        if (json.Peek() != JsonKind.String)
        {
            return false;
        }

        return name.Is("op"u8) ? json.TryReadString(out fields.Operation)
            : name.Is("ret_msg"u8) ? json.TryReadString(out fields.Message)
            : name.Is("req_id"u8) && json.TryReadString(out fields.RequestId);
    }

    private static FrameOutcome DecodeBook(
        ref JsonScanner json, ref BybitFrame fields, EventKind kind, DepthDecoder decoder)
    {
        var book = default(BybitBookFields);
        if (!TryReadBook(ref json, ref book) || book.Symbol.Raw.Length == 0)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (!decoder.TryFind(book.Symbol, out var index))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        if (!book.IsBook)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, index);
        }

        kind = book.UpdateId == RestartId ? EventKind.Snapshot : kind;   // step 5
        if (!BookRows.TryRead(ref json, index, kind, book.Bids, book.Asks, decoder))
        {
            return FrameOutcome.Failed(decoder.Fault, index);
        }

        Commit(book.UpdateId, fields.ChangeTime != 0 ? fields.ChangeTime : fields.SendTime, decoder);
        return FrameOutcome.Of(FrameKind.Depth, index);
    }

    private static bool TryReadBook(ref JsonScanner json, ref BybitBookFields fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            switch (name.OnlyByte)
            {
                case (byte)'s':
                    json.TryReadString(out fields.Symbol);
                    break;
                case (byte)'b':
                    fields.Bids = json.Place;
                    json.TrySkip();
                    break;
                case (byte)'a':
                    fields.Asks = json.Place;
                    json.TrySkip();
                    break;
                case (byte)'u':
                    json.TryReadInteger(out fields.UpdateId);
                    break;
                default:
                    json.TrySkip();
                    break;
            }
        }

        return json.Fault == JsonFault.None;
    }

    /// <summary>Fills what is not a level of the open message, and makes it visible.</summary>
    internal static void Commit(long updateId, long milliseconds, DepthDecoder decoder)
    {
        ref var message = ref decoder.Message;
        message.FirstUpdateId = updateId;   // step 4 is judged by the engine
        message.LastUpdateId = updateId;
        message.VenueUnixNanos = UnixTime.OfMilliseconds(milliseconds);   // step 9
        decoder.Commit();
    }
}
