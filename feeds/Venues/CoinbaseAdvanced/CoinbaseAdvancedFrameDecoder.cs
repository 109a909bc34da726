using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;

/// <summary>
/// Frames of Coinbase Advanced Trade's websocket, keys in any order:
/// <code>
/// {"channel":"l2_data","timestamp":"2023-02-09T20:32:50.714964855Z","sequence_num":7,"events":[{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"2023-02-09T20:32:50.7Z","price_level":"21921.73","new_quantity":"0.06317902"}]}]}
/// {"channel":"subscriptions","timestamp":"2023-02-09T20:32:50.714964855Z","sequence_num":0,"events":[{"subscriptions":{"level2":["BTC-USD"]}}]}
/// {"channel":"heartbeats","timestamp":"2023-02-09T20:32:50.714964855Z","sequence_num":1,"events":[{"current_time":"2023-02-09 20:32:50.7 +0000 UTC","heartbeat_counter":3049}]}
/// {"type":"error","message":"authentication failure"}
/// </code>
/// </summary>
[Engine.HotPath]
internal static class CoinbaseAdvancedFrameDecoder
{
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && CoinbaseAdvancedUsualUpdate.TryDecode(frame, decoder, out var outcome))
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
        var fields = default(CoinbaseAdvancedFrame);
        if (!TryReadFields(ref json, ref fields) || !json.TryFinish())
        {
            decoder.Numbers.Forget();
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (fields.Type.Is("error"u8))
        {
            return FrameOutcome.Of(FrameKind.Refused);   // step 3: it has no number and names no product
        }

        if (!fields.HasNumber)
        {
            decoder.Numbers.Forget();
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        var isNext = decoder.Numbers.IsNext(fields.Number);
        decoder.Numbers.Take(fields.Number);
        if (!isNext)
        {
            return FrameOutcome.Of(FrameKind.Gapped);   // step 5
        }

        if (!fields.Channel.Is("l2_data"u8))
        {
            return FrameOutcome.Of(
                fields.Channel.Is("heartbeats"u8) ? FrameKind.Heartbeat               // step 8
                : fields.Channel.Is("subscriptions"u8) ? FrameKind.Acknowledged   // step 2
                : FrameKind.Ignored);
        }

        if (!fields.Events.IsSet)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        json.Return(fields.Events);
        return DecodeEvents(ref json, fields.Timestamp.Raw, decoder);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol)
    {
        symbol = "";
        var json = new JsonScanner(frame);
        var fields = default(CoinbaseAdvancedFrame);
        if (!TryReadFields(ref json, ref fields) || !fields.Channel.Is("l2_data"u8) || !fields.Events.IsSet)
        {
            return false;
        }

        json.Return(fields.Events);
        var item = default(CoinbaseAdvancedEvent);
        symbol = json.TryEnterArray() && json.TryNextElement() && TryReadEvent(ref json, ref item)
            ? SymbolText.Of(item.Product)
            : "";
        return symbol.Length != 0;
    }

    private static bool TryReadFields(ref JsonScanner json, ref CoinbaseAdvancedFrame fields)
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
            else if (name.Is("timestamp"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Timestamp);
            }
            else if (name.Is("sequence_num"u8))
            {
                fields.HasNumber = json.TryReadInteger(out fields.Number) && fields.Number >= 0;
            }
            else if (name.Is("events"u8))
            {
                fields.Events = json.Place;
                json.TrySkip();
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static FrameOutcome DecodeEvents(
        ref JsonScanner json, ReadOnlySpan<byte> timestamp, DepthDecoder decoder)
    {
        var outcome = FrameOutcome.Of(FrameKind.Ignored);
        if (!json.TryEnterArray())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        while (json.TryNextElement())
        {
            var item = default(CoinbaseAdvancedEvent);
            if (!TryReadEvent(ref json, ref item) || item.Product.Raw.Length == 0)
            {
                return FrameOutcome.Failed(FaultCode.MalformedMessage);
            }

            if (!decoder.TryFind(item.Product, out var book))
            {
                continue;
            }

            var after = json.Place;
            var rest = json;
            var fault = DecodeEvent(ref json, ref item, book, timestamp, decoder);
            if (fault != FaultCode.None)
            {
                // What stands behind it is not read any more: it may have been of any book.
                return FrameOutcome.Failed(fault, rest.TryNextElement() ? FrameOutcome.AllBooks : book);
            }

            outcome = FrameOutcome.Of(FrameKind.Depth, book);
            json.ReturnAfterValue(after);
        }

        return json.Fault == JsonFault.None ? outcome : FrameOutcome.Failed(FaultCode.MalformedMessage);
    }

    private static bool TryReadEvent(ref JsonScanner json, ref CoinbaseAdvancedEvent item)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("type"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out item.Type);
            }
            else if (name.Is("product_id"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out item.Product);
            }
            else if (name.Is("updates"u8))
            {
                item.Updates = json.Place;
                json.TrySkip();
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static FaultCode DecodeEvent(
        ref JsonScanner json, ref CoinbaseAdvancedEvent item, int book, ReadOnlySpan<byte> time, DepthDecoder decoder)
    {
        var kind = item.Type.Is("update"u8) ? EventKind.Update
            : item.Type.Is("snapshot"u8) ? EventKind.Snapshot   // step 4
            : EventKind.None;
        if (kind == EventKind.None || !item.Updates.IsSet)
        {
            return FaultCode.MalformedMessage;
        }

        if (!decoder.TryBegin(book, kind) || !CoinbaseAdvancedRows.TryRead(ref json, item.Updates, decoder))
        {
            decoder.Abandon();
            return decoder.Fault;
        }

        Commit(time, decoder);
        return FaultCode.None;
    }

    /// <summary>Fills what is not a level of the open message, and makes it visible.</summary>
    internal static void Commit(ReadOnlySpan<byte> timestamp, DepthDecoder decoder)
    {
        decoder.Message.VenueUnixNanos = IsoTime.TryParse(timestamp, out var nanos) ? nanos : 0;   // step 9
        decoder.Commit();
    }
}
