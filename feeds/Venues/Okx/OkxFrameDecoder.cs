using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Okx;

/// <summary>
/// Frames of OKX's websocket v5, keys in any order:
/// <code>
/// {"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[["30250.4","0.08","0","1"]],"bids":[],"ts":"1652459226350","checksum":-1137548519,"seqId":123457,"prevSeqId":123456}]}
/// {"event":"subscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"a4d3ae55"}
/// {"event":"error","code":"60018","msg":"Wrong URL or channel:books,instId:NO-PE doesn't exist. ...","connId":"a4d3ae55"}
/// {"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. ...","connId":"a4d3ae55"}
/// pong
/// </code>
/// </summary>
[Engine.HotPath]
internal static class OkxFrameDecoder
{
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && OkxUsualUpdate.TryDecode(frame, decoder, out var outcome))
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
        if (frame.SequenceEqual("pong"u8))   // step 8: not JSON
        {
            return FrameOutcome.Of(FrameKind.Heartbeat);
        }

        var json = new JsonScanner(frame);
        var fields = default(OkxFrame);
        if (!TryReadFields(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (fields.Event.Raw.Length != 0)
        {
            return OkxEvents.Decode(ref fields, decoder);
        }

        if (!fields.Channel.Is("books"u8) || !decoder.TryFind(fields.Symbol, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        var kind = fields.Action.Is("update"u8) ? EventKind.Update
            : fields.Action.Is("snapshot"u8) ? EventKind.Snapshot
            : EventKind.None;
        if (kind == EventKind.None || !fields.Payload.IsSet)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        json.Return(fields.Payload);
        return DecodeBooks(ref json, kind, book, decoder);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol)
    {
        var json = new JsonScanner(frame);
        var fields = default(OkxFrame);
        var found = TryReadFields(ref json, ref fields) && fields.Channel.Is("books"u8) && fields.Payload.IsSet;
        symbol = found ? SymbolText.Of(fields.Symbol) : "";
        return symbol.Length != 0;
    }

    private static bool TryReadFields(ref JsonScanner json, ref OkxFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("arg"u8) && json.Peek() == JsonKind.Object)
            {
                TryReadArgument(ref json, ref fields);
            }
            else if (name.Is("action"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Action);
            }
            else if (name.Is("data"u8))
            {
                fields.Payload = json.Place;
                json.TrySkip();
            }
            else if (name.Is("event"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Event);
            }
            else if (name.Is("code"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Code);
            }
            else if (name.Is("msg"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Message);
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static void TryReadArgument(ref JsonScanner json, ref OkxFrame fields)
    {
        json.TryEnterObject();
        while (json.TryNextName(out var name))
        {
            if (name.Is("channel"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Channel);
            }
            else if (name.Is("instId"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Symbol);
            }
            else
            {
                json.TrySkip();
            }
        }
    }

    private static FrameOutcome DecodeBooks(ref JsonScanner json, EventKind kind, int book, DepthDecoder decoder)
    {
        var outcome = FrameOutcome.Of(FrameKind.Ignored);
        if (!json.TryEnterArray())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        while (json.TryNextElement())
        {
            var fields = default(OkxBookFields);
            if (!TryReadBook(ref json, ref fields) || !fields.IsBook)
            {
                return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
            }

            var rest = json;
            outcome = DecodeBook(ref json, ref fields, kind, book, decoder);
            if (outcome.Kind == FrameKind.Failed)
            {
                return outcome;
            }

            json = rest;
        }

        return json.Fault == JsonFault.None ? outcome : FrameOutcome.Failed(FaultCode.MalformedMessage, book);
    }

    private static bool TryReadBook(ref JsonScanner json, ref OkxBookFields fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("asks"u8))
            {
                fields.Asks = json.Place;
                json.TrySkip();
            }
            else if (name.Is("bids"u8))
            {
                fields.Bids = json.Place;
                json.TrySkip();
            }
            else if (name.Is("ts"u8))
            {
                json.TryReadInteger(out fields.Time);
            }
            else if (name.Is("checksum"u8))
            {
                json.TryReadInteger(out fields.Checksum);
            }
            else if (name.Is("seqId"u8))
            {
                fields.HasId = json.TryReadInteger(out fields.Id);
            }
            else if (name.Is("prevSeqId"u8))
            {
                fields.HasPreviousId = json.TryReadInteger(out fields.PreviousId);
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static FrameOutcome DecodeBook(
        ref JsonScanner json, ref OkxBookFields fields, EventKind kind, int book, DepthDecoder decoder)
    {
        if (fields.Checksum is < int.MinValue or > int.MaxValue)
        {
            return FrameOutcome.Failed(FaultCode.MalformedNumber, book);
        }

        if (!BookRows.TryRead(ref json, book, kind, fields.Bids, fields.Asks, decoder))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        Commit(book, (int)fields.Checksum, fields.PreviousId, fields.Id, fields.Time, decoder);
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    /// <summary>Fills what is not a level of the open message, and makes it visible.</summary>
    internal static void Commit(
        int book, int checksum, long previousId, long id, long milliseconds, DepthDecoder decoder)
    {
        ref var message = ref decoder.Message;
        message.FirstUpdateId = previousId;   // step 4 is judged by the engine
        message.LastUpdateId = id;
        message.Checksum = (uint)checksum;
        message.ChecksumAlgorithm = checksum == 0 ? ChecksumAlgorithm.None   // step 6
            : decoder.HasVenueSpelling(book) ? ChecksumAlgorithm.CrcOfInterleavedText
            : ChecksumAlgorithm.NotComparable;
        message.VenueUnixNanos = UnixTime.OfMilliseconds(milliseconds);
        decoder.Commit();
    }
}
