using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>
/// Objects of Bitfinex: what it says of itself, and answers. Some change what later arrays on the socket mean.
/// </summary>
[Engine.HotPath]
internal static class BitfinexEvents
{
    private const long Reconnect = 20_051;
    private const long MaintenanceBegins = 20_060;
    private const long MaintenanceEnds = 20_061;
    private const long SubscribedAlready = 10_301;

    public static FrameOutcome Decode(ref JsonScanner json, DepthDecoder decoder)
    {
        var fields = default(BitfinexEventFields);
        if (!TryRead(ref json, ref fields) || !json.TryFinish())
        {
            return FrameOutcome.Failed(FaultCode.MalformedMessage);
        }

        return fields.Event.Is("info"u8) ? DecodeNotice(ref fields, decoder)
            : fields.Event.Is("conf"u8) ? DecodeConfiguration(ref fields, decoder)
            : fields.Event.Is("subscribed"u8) ? DecodeSubscribed(ref fields, decoder)
            : fields.Event.Is("unsubscribed"u8) ? DecodeUnsubscribed(ref fields, decoder)
            : fields.Event.Is("error"u8) ? DecodeError(ref fields, decoder)
            : FrameOutcome.Of(fields.Event.Is("pong"u8) ? FrameKind.Heartbeat : FrameKind.Ignored);
    }

    public static bool TryRead(ref JsonScanner json, ref BitfinexEventFields fields)
    {
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (json.Peek() == JsonKind.String)
            {
                TakeText(ref json, name, ref fields);
            }
            else if (json.Peek() == JsonKind.Number)
            {
                TakeNumber(ref json, name, ref fields);
            }
            else if (name.Is("platform"u8) && json.Peek() == JsonKind.Object)
            {
                TakePlatform(ref json, ref fields);
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.Fault == JsonFault.None;
    }

    /// <summary>True for the only precision whose rows are those of the book: P0 (step 4).</summary>
    public static bool IsBook(ref BitfinexEventFields fields) =>
        fields.Channel.Is("book"u8) && (fields.Precision.Raw.Length == 0 || fields.Precision.Is("P0"u8));

    private static void TakeText(ref JsonScanner json, JsonText name, ref BitfinexEventFields fields)
    {
        json.TryReadString(out var text);
        if (name.Is("event"u8))
        {
            fields.Event = text;
        }
        else if (name.Is("channel"u8))
        {
            fields.Channel = text;
        }
        else if (name.Is("symbol"u8))
        {
            fields.Symbol = text;
        }
        else if (name.Is("prec"u8))
        {
            fields.Precision = text;
        }
        else if (name.Is("status"u8))
        {
            fields.Status = text;
        }
        else if (name.Is("len"u8) && AsciiInteger.TryParse(text.Raw, out var length))
        {
            fields.Length = length;
        }
    }

    private static void TakeNumber(ref JsonScanner json, JsonText name, ref BitfinexEventFields fields)
    {
        if (!json.TryReadNumber(out var text) || !AsciiInteger.TryParse(text, out var value))
        {
            return;   // no whole number is none of ours
        }

        if (name.Is("chanId"u8))
        {
            fields.ChannelId = value;
        }
        else if (name.Is("code"u8))
        {
            fields.Code = value;
        }
        else if (name.Is("flags"u8))
        {
            fields.Flags = value;
        }
        else if (name.Is("version"u8))
        {
            fields.Version = value;
        }
        else if (name.Is("len"u8))
        {
            fields.Length = value;
        }
    }

    private static void TakePlatform(ref JsonScanner json, ref BitfinexEventFields fields)
    {
        json.TryEnterObject();
        while (json.TryNextName(out var name))
        {
            if (name.Is("status"u8) && json.Peek() == JsonKind.Number)
            {
                json.TryReadNumber(out var status);
                fields.IsUnderMaintenance = status.SequenceEqual("0"u8);
            }
            else
            {
                json.TrySkip();
            }
        }
    }

    private static FrameOutcome DecodeNotice(ref BitfinexEventFields fields, DepthDecoder decoder)
    {
        if (fields.Code is Reconnect or MaintenanceEnds)   // step 9
        {
            return FrameOutcome.Of(FrameKind.ReconnectRequested);
        }

        if (fields.Code == MaintenanceBegins)
        {
            return FrameOutcome.Of(FrameKind.Paused);
        }

        if (fields.Version == 0)
        {
            return FrameOutcome.Of(FrameKind.Ignored);
        }

        decoder.BeginConnection();   // step 2: a new socket
        return FrameOutcome.Of(fields.IsUnderMaintenance ? FrameKind.Paused : FrameKind.Welcome);
    }

    private static FrameOutcome DecodeConfiguration(ref BitfinexEventFields fields, DepthDecoder decoder)
    {
        if (!fields.Status.Is("OK"u8))
        {
            return FrameOutcome.Of(FrameKind.Refused);
        }

        decoder.Channels.Flags = fields.Flags;   // step 3
        decoder.Numbers.Forget();
        return FrameOutcome.Of(FrameKind.Acknowledged);
    }

    private static FrameOutcome DecodeSubscribed(ref BitfinexEventFields fields, DepthDecoder decoder)
    {
        if (!IsBook(ref fields) || fields.ChannelId <= 0 || !decoder.TryFind(fields.Symbol, out var book))
        {
            return FrameOutcome.Of(FrameKind.Acknowledged);   // another channel, or somebody else's book
        }

        return decoder.Channels.TryAdd(fields.ChannelId, book)   // step 4
            ? FrameOutcome.Of(FrameKind.Acknowledged, book)
            : FrameOutcome.Of(FrameKind.Refused, book);
    }

    private static FrameOutcome DecodeUnsubscribed(ref BitfinexEventFields fields, DepthDecoder decoder)
    {
        if (!decoder.Channels.TryFind(fields.ChannelId, out var index))
        {
            return FrameOutcome.Of(FrameKind.Acknowledged);
        }

        var book = decoder.Channels.BookAt(index);
        decoder.Channels.Remove(index);
        return FrameOutcome.Of(FrameKind.Unsubscribed, book);   // step 8
    }

    private static FrameOutcome DecodeError(ref BitfinexEventFields fields, DepthDecoder decoder)
    {
        var book = fields.Channel.Is("book"u8) && decoder.TryFind(fields.Symbol, out var found)
            ? found
            : FrameOutcome.AllBooks;
        if (fields.Code != SubscribedAlready)
        {
            return FrameOutcome.Of(FrameKind.Refused, book);   // step 5
        }

        // The venue serves the book on a channel that it named in a message we never read: it will not name it again.
        return book != FrameOutcome.AllBooks && decoder.Channels.ChannelOf(book) == 0
            ? FrameOutcome.Of(FrameKind.Gapped)
            : FrameOutcome.Of(FrameKind.Acknowledged, book);
    }
}
