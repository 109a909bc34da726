using System;
using System.Buffers;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// Partial depth of the combined stream: the best levels as a whole (steps 21 and 22).
/// <code>
/// {"stream":"btcusdt@depth20@100ms","data":{"lastUpdateId":160,"bids":[["61737.63000000","0.00431000"]],"asks":[...]}}
/// </code>
/// The stream's name alone says whose book it is. A message printed as usual takes the short way; both give the same
/// event.
/// </summary>
[Engine.HotPath]
internal static class BinancePartialDecoder
{
    private const int SymbolMax = 64;

    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && TryDecodeUsual(frame, decoder, out var outcome))
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
        var fields = default(BinancePartialFrame);
        if (!TryReadFields(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (fields.HasEventType)
        {
            return FrameOutcome.Of(fields.EventType.Is("serverShutdown"u8)
                ? FrameKind.ReconnectRequested   // step 12
                : FrameKind.Ignored);
        }

        if (TryFind(fields.Stream, decoder, out var book))
        {
            return DecodeBook(ref json, ref fields, book, decoder);
        }

        if (fields.HasBook)
        {
            return fields.Stream.Raw.Length == 0
                ? FrameOutcome.Failed(FaultCode.MalformedMessage)   // a book of nobody knows whom
                : FrameOutcome.Of(FrameKind.Ignored);
        }

        return FrameOutcome.Of(
            fields.IsRefusal ? FrameKind.Refused : fields.IsAnswer ? FrameKind.Acknowledged : FrameKind.Ignored);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        depth = 0;
        symbol = "";
        var json = new JsonScanner(frame);
        var fields = default(BinancePartialFrame);
        if (!TryReadFields(ref json, ref fields) || !fields.IsBook
            || !TrySplit(fields.Stream.Raw, out var name, out var levels)
            || !AsciiInteger.TryParse(levels, out var asked) || asked is < 1 or > 20)
        {
            return false;
        }

        depth = (int)asked;
        symbol = Encoding.UTF8.GetString(name).ToUpperInvariant();
        return true;
    }

    private static bool TryDecodeUsual(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        if (!frame.TryPass("{\"stream\":\""u8)
            || !frame.TryTakeText(out var stream)
            || !frame.TryPass(",\"data\":{\"lastUpdateId\":"u8)
            || !frame.TryTakeInteger((byte)',', out var updateId)
            || !frame.TryPass(",\"bids\":["u8)
            || !TryFind(stream, decoder, out var book)
            || !decoder.Rising.IsNew(book, updateId)
            || !decoder.TryBegin(book, EventKind.Snapshot))
        {
            return false;
        }

        if (!frame.TryTakeRows<QuotedRow>(Side.Bid, decoder)
            || !frame.TryPass(",\"asks\":["u8)
            || !frame.TryTakeRows<QuotedRow>(Side.Ask, decoder)
            || !frame.TryPass("}}"u8) || !frame.IsAtEnd)
        {
            decoder.Abandon();
            return false;
        }

        outcome = Commit(book, updateId, decoder);
        return true;
    }

    private static FrameOutcome DecodeBook(
        ref JsonScanner json, ref BinancePartialFrame fields, int book, DepthDecoder decoder)
    {
        if (!fields.IsBook)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        if (!decoder.Rising.IsNew(book, fields.LastUpdateId))
        {
            return FrameOutcome.Of(FrameKind.Ignored);   // step 22
        }

        return BookRows.TryRead(ref json, book, EventKind.Snapshot, fields.Bids, fields.Asks, decoder)
            ? Commit(book, fields.LastUpdateId, decoder)
            : FrameOutcome.Failed(decoder.Fault, book);
    }

    private static FrameOutcome Commit(int book, long updateId, DepthDecoder decoder)
    {
        decoder.Message.LastUpdateId = updateId;
        decoder.Rising.Note(book, updateId);
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    private static bool TryFind(JsonText stream, DepthDecoder decoder, out int book)
    {
        Span<byte> room = stackalloc byte[2 * SymbolMax];
        book = -1;
        return stream.TryResolve(room, out var text) && TryFind(text, decoder, out book);
    }

    /// <summary>The book of a stream; its name has the symbol in lower case.</summary>
    private static bool TryFind(ReadOnlySpan<byte> stream, DepthDecoder decoder, out int book)
    {
        Span<byte> symbol = stackalloc byte[SymbolMax];
        book = -1;
        return TrySplit(stream, out var name, out _)
            && Ascii.ToUpper(name, symbol, out var length) == OperationStatus.Done
            && decoder.TryFindAgain(symbol[..length], out book);
    }

    /// <summary><c>btcusdt@depth20@100ms</c> is of btcusdt, with 20 levels.</summary>
    private static bool TrySplit(
        ReadOnlySpan<byte> stream, out ReadOnlySpan<byte> symbol, out ReadOnlySpan<byte> levels)
    {
        var at = stream.IndexOf((byte)'@');
        symbol = stream[..Math.Max(at, 0)];
        levels = default;
        if (at < 1 || !stream[at..].StartsWith("@depth"u8))
        {
            return false;
        }

        levels = stream[(at + "@depth".Length)..];
        var end = levels.IndexOf((byte)'@');
        levels = end < 0 ? levels : levels[..end];
        return levels.Length != 0 && levels[0] is > (byte)'0' and <= (byte)'9';
    }

    private static bool TryReadFields(ref JsonScanner json, ref BinancePartialFrame fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (!TryReadField(ref json, name, ref fields))
            {
                return false;
            }
        }

        return json.Fault == JsonFault.None;
    }

    private static bool TryReadField(ref JsonScanner json, JsonText name, ref BinancePartialFrame fields)
    {
        if (name.Is("data"u8) && json.Peek() == JsonKind.Object)
        {
            return TryReadFields(ref json, ref fields);
        }

        if (name.Is("stream"u8) && json.Peek() == JsonKind.String)
        {
            return json.TryReadString(out fields.Stream);
        }

        if (name.Is("lastUpdateId"u8) && json.Peek() == JsonKind.Number)
        {
            return json.TryReadInteger(out fields.LastUpdateId);
        }

        if (name.Is("e"u8) && json.Peek() == JsonKind.String)
        {
            fields.HasEventType = true;
            return json.TryReadString(out fields.EventType);
        }

        if (name.Is("bids"u8))
        {
            fields.Bids = json.Place;
        }
        else if (name.Is("asks"u8))
        {
            fields.Asks = json.Place;
        }

        fields.IsAnswer |= name.Is("result"u8);
        fields.IsRefusal |= name.Is("code"u8) || name.Is("error"u8);
        return json.TrySkip();
    }
}
