using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>
/// Frames of Bitfinex's websocket v2: arrays that start with the number of a channel, and objects.
/// <code>
/// {"event":"subscribed","channel":"book","chanId":232957,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"100","pair":"BTCUSD"}
/// [232957,[[60400,1,0.68826974],[60397,1,1.17989099],[60406,2,-0.5]],16]     the whole book: price, count, amount
/// [232957,[60397,0,1],17]                                                    a changed level; count 0: it is gone
/// [232957,"cs",-1175357890,18]    [232957,"hb",19]
/// </code>
/// </summary>
[Engine.HotPath]
internal static class BitfinexFrameDecoder
{
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder)
    {
        if (DigitPair.IsSupported && BitfinexUsualRows.TryDecode(frame, decoder, out var outcome))
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
        var outcome = json.Peek() == JsonKind.Object
            ? BitfinexEvents.Decode(ref json, decoder)
            : DecodeArray(ref json, decoder);
        if (outcome.Kind == FrameKind.Failed)
        {
            decoder.Channels.NoteLost(outcome.Book);
        }

        return outcome;
    }

    private static FrameOutcome DecodeArray(ref JsonScanner json, DepthDecoder decoder)
    {
        var fields = default(BitfinexFrame);
        if (!TryReadArray(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        var channels = decoder.Channels;
        var book = channels.TryFind(fields.Channel, out var index) ? channels.BookAt(index) : FrameOutcome.AllBooks;
        if (!TryCount(ref fields, decoder, out var sequence))
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage, book);
        }

        if (book == FrameOutcome.AllBooks)
        {
            return FrameOutcome.Of(fields.Tag.Is("hb"u8) ? FrameKind.Heartbeat : FrameKind.Ignored);   // step 6
        }

        if (fields.Content.IsSet)
        {
            json.Return(fields.Content);
            return BitfinexRows.Decode(ref json, index, sequence, TimeOf(ref fields, channels), decoder);
        }

        return fields.Tag.Is("cs"u8)
            ? DecodeChecksum(ref fields, book, sequence, decoder)
            : FrameOutcome.Of(fields.Tag.Is("hb"u8) ? FrameKind.Heartbeat : FrameKind.Ignored, book);
    }

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        symbol = "";
        depth = 0;
        var json = new JsonScanner(frame);
        var fields = default(BitfinexEventFields);
        if (json.Peek() != JsonKind.Object || !BitfinexEvents.TryRead(ref json, ref fields)
            || !fields.Event.Is("subscribed"u8) || !BitfinexEvents.IsBook(ref fields))
        {
            return false;
        }

        symbol = SymbolText.Of(fields.Symbol);
        depth = (int)Math.Clamp(fields.Length, 0, int.MaxValue);
        return symbol.Length != 0;
    }

    private static bool TryReadArray(ref JsonScanner json, ref BitfinexFrame fields)
    {
        if (!json.TryEnterArray() || !json.TryNextElement() || !json.TryReadInteger(out fields.Channel)
            || !json.TryNextElement())
        {
            return false;
        }

        if (json.Peek() == JsonKind.String)
        {
            json.TryReadString(out fields.Tag);
        }
        else
        {
            fields.Content = json.Place;
            json.TrySkip();
        }

        var isChecksum = fields.Tag.Is("cs"u8);
        while (json.TryNextElement())
        {
            var isWhole = TryTakeWhole(ref json, out var value);
            if (isChecksum)
            {
                isChecksum = false;   // it stands directly behind the tag
                fields.HasChecksum = isWhole;
                fields.Checksum = value;
                continue;
            }

            fields.NextToLast = fields.Last;
            fields.Last = isWhole ? value : 0;
        }

        return json.Fault == JsonFault.None;
    }

    /// <summary>Passes an element; true with its value when it is a whole number.</summary>
    private static bool TryTakeWhole(ref JsonScanner json, out long value)
    {
        value = 0;
        if (json.Peek() == JsonKind.Number)
        {
            return json.TryReadNumber(out var text) && AsciiInteger.TryParse(text, out value);
        }

        json.TrySkip();
        return false;
    }

    /// <summary>
    /// Step 7: the numbers of frames. One that is missing may have been of any book, so that all are told; the frame at
    /// hand is good nevertheless. False when the venue has promised a number and there is none.
    /// </summary>
    private static bool TryCount(ref BitfinexFrame fields, DepthDecoder decoder, out long sequence)
    {
        sequence = 0;
        var channels = decoder.Channels;
        if ((channels.Flags & BitfinexFlags.Sequence) == 0)
        {
            return true;
        }

        sequence = (channels.Flags & BitfinexFlags.Timestamp) != 0 ? fields.NextToLast : fields.Last;
        if (sequence <= 0)
        {
            return false;
        }

        if (!decoder.Numbers.IsNext(sequence))
        {
            decoder.FaultAll(FaultCode.Gap);
            channels.NoteLost(FrameOutcome.AllBooks);
        }

        decoder.Numbers.Take(sequence);
        return true;
    }

    private static long TimeOf(ref BitfinexFrame fields, SocketChannels channels) =>
        (channels.Flags & BitfinexFlags.Timestamp) != 0 ? UnixTime.OfMilliseconds(fields.Last) : 0;

    /// <summary>Step 8: an update without levels that says what the book has to be.</summary>
    private static FrameOutcome DecodeChecksum(
        ref BitfinexFrame fields, int book, long sequence, DepthDecoder decoder)
    {
        if (!fields.HasChecksum || fields.Checksum is < int.MinValue or > int.MaxValue)
        {
            return FrameOutcome.Failed(FaultCode.MalformedNumber, book);
        }

        if (!decoder.TryBegin(book, EventKind.Update))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        ref var message = ref decoder.Message;
        message.Checksum = (uint)(int)fields.Checksum;
        message.ChecksumAlgorithm = decoder.HasVenueSpelling(book)
            ? ChecksumAlgorithm.CrcOfInterleavedNumbers
            : ChecksumAlgorithm.NotComparable;
        message.LastUpdateId = sequence;
        message.VenueUnixNanos = TimeOf(ref fields, decoder.Channels);
        decoder.CommitStatement();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }
}
