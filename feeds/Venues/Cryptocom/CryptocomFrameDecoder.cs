using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Cryptocom;

/// <summary>
/// Frames of Crypto.com's exchange websocket v1, keys in any order:
/// <code>
/// {"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"BTC_USD","subscription":"book.BTC_USD.50","channel":"book.update","depth":50,"data":[{"update":{"asks":[["2750.20","0","0"]],"bids":[]},"t":1790114273659,"tt":1790114273655,"u":375554807336512,"pu":375554807297984,"cs":1522984915}]}}
/// {"id":1,"method":"subscribe","code":0,"channel":"book.BTC_USD.50"}
/// {"id":1,"method":"subscribe","code":40003,"channel":"book.NOPE_USD.50","message":"Unknown symbol"}
/// {"id":1790114291578,"method":"public/heartbeat","code":0}
/// </code>
/// The snapshot's channel is <c>book</c>; its sides stand in the element itself, and it has no <c>pu</c>.
/// </summary>
[Engine.HotPath]
internal static class CryptocomFrameDecoder
{
    private const int SubjectBytes = 128;

    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && CryptocomUsualUpdate.TryDecode(frame, decoder, out var outcome))
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
        var fields = default(CryptocomFrame);
        if (!TryReadFields(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (!fields.Result.IsSet)
        {
            return DecodeAnswer(ref fields, decoder);
        }

        var kind = fields.Channel.Is("book.update"u8) ? EventKind.Update
            : fields.Channel.Is("book"u8) ? EventKind.Snapshot
            : EventKind.None;
        if (kind == EventKind.None || !decoder.TryFind(fields.Symbol, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        if (!fields.Payload.IsSet)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        json.Return(fields.Payload);
        return DecodeBooks(ref json, kind, book, decoder);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        var json = new JsonScanner(frame);
        var fields = default(CryptocomFrame);
        var found = TryReadFields(ref json, ref fields) && fields.Payload.IsSet
            && (fields.Channel.Is("book.update"u8) || fields.Channel.Is("book"u8));
        symbol = found ? SymbolText.Of(fields.Symbol) : "";
        depth = found ? (int)Math.Clamp(fields.Depth, 0, int.MaxValue) : 0;
        return symbol.Length != 0;
    }

    /// <summary>Step 6: the id of a heartbeat, which its answer repeats.</summary>
    public static bool TryReadHeartbeat(ReadOnlySpan<byte> frame, out long id)
    {
        var json = new JsonScanner(frame);
        var fields = default(CryptocomFrame);
        var found = TryReadFields(ref json, ref fields) && fields.Method.Is("public/heartbeat"u8);
        id = fields.Id;
        return found;
    }

    private static bool TryReadFields(ref JsonScanner json, ref CryptocomFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("result"u8) && json.Peek() == JsonKind.Object)
            {
                fields.Result = json.Place;
                TryReadResult(ref json, ref fields);
            }
            else if (name.Is("method"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Method);
            }
            else if (name.Is("channel"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Subject);
            }
            else if (name.Is("code"u8))
            {
                json.TryReadInteger(out fields.Code);
            }
            else if (name.Is("id"u8) && json.Peek() == JsonKind.Number)
            {
                json.TryReadInteger(out fields.Id);
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static void TryReadResult(ref JsonScanner json, ref CryptocomFrame fields)
    {
        json.TryEnterObject();
        while (json.TryNextName(out var name))
        {
            if (name.Is("channel"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Channel);
            }
            else if (name.Is("instrument_name"u8) && json.Peek() == JsonKind.String)
            {
                json.TryReadString(out fields.Symbol);
            }
            else if (name.Is("depth"u8) && json.Peek() == JsonKind.Number)
            {
                json.TryReadInteger(out fields.Depth);
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
    }

    private static FrameOutcome DecodeAnswer(ref CryptocomFrame fields, DepthDecoder decoder)
    {
        if (fields.Method.Is("public/heartbeat"u8))
        {
            return FrameOutcome.Of(FrameKind.AnswerWanted);   // step 6
        }

        var book = BookNamedIn(fields.Subject, decoder);
        if (fields.Code != 0)
        {
            return FrameOutcome.Of(FrameKind.Refused, book);   // step 3
        }

        var isAnswer = fields.Method.Is("subscribe"u8) || fields.Method.Is("unsubscribe"u8);
        return FrameOutcome.Of(isAnswer ? FrameKind.Acknowledged : FrameKind.Ignored, book);
    }

    /// <summary>The book of <c>book.BTC_USD.50</c>.</summary>
    private static int BookNamedIn(JsonText subject, DepthDecoder decoder)
    {
        Span<byte> room = stackalloc byte[SubjectBytes];
        if (!subject.TryResolve(room, out var text) || !text.StartsWith("book."u8))
        {
            return FrameOutcome.AllBooks;
        }

        text = text["book."u8.Length..];
        var end = text.LastIndexOf((byte)'.');
        return end >= 0 && decoder.TryFind(text[..end], out var book) ? book : FrameOutcome.AllBooks;
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
            var fields = default(CryptocomBookFields);
            if (!CryptocomBooks.TryRead(ref json, ref fields)
                || !fields.Bids.IsSet || !fields.Asks.IsSet || fields.Id < 0
                || (kind == EventKind.Update && fields.HasId != fields.HasPreviousId))
            {
                return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
            }

            var rest = json;
            if (!BookRows.TryRead(ref json, book, kind, fields.Bids, fields.Asks, decoder))
            {
                return FrameOutcome.Failed(decoder.Fault, book);
            }

            Commit(kind == EventKind.Update ? fields.PreviousId : 0, fields.Id, fields.Time, decoder);
            outcome = FrameOutcome.Of(FrameKind.Depth, book);
            json = rest;
        }

        return json.Fault == JsonFault.None ? outcome : FrameOutcome.Failed(FaultCode.MalformedMessage, book);
    }

    /// <summary>Fills what is not a level of the open message, and makes it visible.</summary>
    internal static void Commit(long previousId, long id, long milliseconds, DepthDecoder decoder)
    {
        ref var message = ref decoder.Message;
        message.FirstUpdateId = previousId;   // step 5 is judged by the engine
        message.LastUpdateId = id;
        message.VenueUnixNanos = UnixTime.OfMilliseconds(milliseconds);
        decoder.Commit();
    }
}
