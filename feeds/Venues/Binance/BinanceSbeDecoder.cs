using System;
using System.Buffers.Binary;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// Messages of Binance's binary streams, little endian, after the venue's schema 1 (steps 17 to 19):
/// <code>
/// header    u16 block length, u16 template, u16 schema, u16 version
/// 10003     block: i64 event time in µs, i64 first id, i64 last id, i8 price exponent, i8 quantity exponent;
///           bids and asks: u16 row length, u16 count, rows of i64 price, i64 quantity; symbol: u8 length, UTF-8
/// 10001     block: i64 event time in µs, i64 id, i8 price exponent, i8 quantity exponent, i64 bid price,
///           bid quantity, ask price, ask quantity; symbol
/// </code>
/// Lengths of blocks and rows are the message's own, so that fields which a later version adds are passed over. What
/// the client asks for is answered in JSON text.
/// </summary>
[Engine.HotPath]
internal static class BinanceSbeDecoder
{
    private const int HeaderBytes = 8;
    private const ushort Schema = 1;
    private const ushort TopTemplate = 10_001;
    private const ushort DiffTemplate = 10_003;
    private const int DiffBytes = 26;
    private const int TopBytes = 50;
    private const int RowBytes = 16;

    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (IsText(frame))
        {
            return BinanceFrameDecoder.DecodeGeneral(frame, decoder);
        }

        decoder.UsualFrames++;
        if (frame.Length < HeaderBytes)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (U16(frame, 4) != Schema)
        {
            return FrameOutcome.Failed(FaultCode.UnknownSchema);
        }

        if (U16(frame, 0) > frame.Length - HeaderBytes)
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        return U16(frame, 2) switch
        {
            DiffTemplate => DecodeDiff(frame, decoder),
            TopTemplate => DecodeTop(frame, decoder),
            _ => FrameOutcome.Of(FrameKind.Ignored),
        };
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol)
    {
        symbol = "";
        if (IsText(frame) || frame.Length < HeaderBytes || U16(frame, 4) != Schema || U16(frame, 2) != DiffTemplate
            || !TryTakeDiff(frame, out _, out _, out var name, out _))
        {
            return false;
        }

        symbol = Encoding.UTF8.GetString(name);
        return symbol.Length != 0;
    }

    /// <summary>
    /// True for an answer in JSON, which begins with a brace and has no zero; a header has one in its schema.
    /// </summary>
    private static bool IsText(ReadOnlySpan<byte> frame) =>
        frame.Length != 0 && frame[0] == (byte)'{' && (frame.Length < HeaderBytes || frame[5] != 0);

    private static FrameOutcome DecodeDiff(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (!TryTakeDiff(frame, out var bids, out var asks, out var symbol, out var end))
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (!decoder.TryFindAgain(symbol, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        var block = frame[HeaderBytes..];
        var first = I64(block, 8);
        var last = I64(block, 16);
        if (first <= 0 || first > last || !EndsAsItShould(frame, end))
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        var exponents = new MantissaRows.Exponents((sbyte)block[24], (sbyte)block[25]);
        if (!decoder.TryBegin(book, EventKind.Update))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        if (!decoder.TryAddMantissas(Side.Bid, in bids, exponents)
            || !decoder.TryAddMantissas(Side.Ask, in asks, exponents))
        {
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        ref var message = ref decoder.Message;
        message.FirstUpdateId = first;   // steps 5 to 7 are judged by the engine
        message.LastUpdateId = last;
        message.VenueUnixNanos = UnixNanos(I64(block, 0));
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    private static FrameOutcome DecodeTop(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        var blockLength = U16(frame, 0);
        var end = HeaderBytes + blockLength;
        if (blockLength < TopBytes || !TryTakeSymbol(frame, ref end, out var symbol))
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        if (!decoder.TryFindAgain(symbol, out var book))
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        var block = frame[HeaderBytes..];
        var updateId = I64(block, 8);
        if (updateId <= 0 || !EndsAsItShould(frame, end))
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        var exponents = new MantissaRows.Exponents((sbyte)block[16], (sbyte)block[17]);
        var bid = new MantissaRows(block.Slice(18, RowBytes), RowBytes, 1);
        var ask = new MantissaRows(block.Slice(34, RowBytes), RowBytes, 1);
        if (!decoder.TryBegin(book, EventKind.TopOfBook)
            || !decoder.TryAddMantissas(Side.Bid, in bid, exponents)
            || !decoder.TryAddMantissas(Side.Ask, in ask, exponents))
        {
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        decoder.Message.LastUpdateId = updateId;   // step 19
        decoder.Message.VenueUnixNanos = UnixNanos(I64(block, 0));
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.TopOfBook, book);
    }

    /// <summary>Finds both sides, the symbol and where the known fields end.</summary>
    private static bool TryTakeDiff(
        ReadOnlySpan<byte> frame,
        out MantissaRows bids,
        out MantissaRows asks,
        out ReadOnlySpan<byte> symbol,
        out int end)
    {
        var blockLength = U16(frame, 0);
        end = HeaderBytes + blockLength;
        asks = default;
        symbol = default;
        bids = default;
        return blockLength >= DiffBytes
            && TryTakeRows(frame, ref end, out bids)
            && TryTakeRows(frame, ref end, out asks)
            && TryTakeSymbol(frame, ref end, out symbol);
    }

    private static bool TryTakeRows(ReadOnlySpan<byte> frame, scoped ref int at, out MantissaRows rows)
    {
        rows = default;
        if (at > frame.Length - 4)
        {
            return false;
        }

        int length = U16(frame, at);
        int count = U16(frame, at + 2);
        at += 4;
        if ((length < RowBytes && count != 0) || (long)length * count > frame.Length - at)
        {
            return false;
        }

        rows = new MantissaRows(frame.Slice(at, length * count), length, count);
        at += length * count;
        return true;
    }

    private static bool TryTakeSymbol(ReadOnlySpan<byte> frame, scoped ref int at, out ReadOnlySpan<byte> symbol)
    {
        symbol = default;
        if (at >= frame.Length || frame[at] > frame.Length - at - 1)
        {
            return false;
        }

        symbol = frame.Slice(at + 1, frame[at]);
        at += 1 + symbol.Length;
        return true;
    }

    /// <summary>Nothing follows in the version that is known; a later one may have more.</summary>
    private static bool EndsAsItShould(ReadOnlySpan<byte> frame, int end) => end == frame.Length || U16(frame, 6) != 0;

    private static long UnixNanos(long micros) => micros is <= 0 or > long.MaxValue / 1_000 ? 0 : micros * 1_000;

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static long I64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
}
