using System;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Bybit;

/// <summary>Frames of Bybit that answer a request.</summary>
[Engine.HotPath]
internal static class BybitAnswers
{
    private const int MessageBytes = 512;

    public static FrameOutcome Decode(ref BybitFrame fields, DepthDecoder decoder)
    {
        // Step 8; other parts of the venue answer with the operation itself and no word of success.
        if (fields.Operation.Is("pong"u8) || (fields.Operation.Is("ping"u8) && fields.Success))
        {
            return FrameOutcome.Of(FrameKind.Heartbeat);
        }

        if (!decoder.TryFind(fields.RequestId, out var book) && !TryFindInWords(fields.Message, decoder, out book))
        {
            book = FrameOutcome.AllBooks;
        }

        if (!fields.Success)
        {
            return FrameOutcome.Of(FrameKind.Refused, book);   // step 2
        }

        return FrameOutcome.Of(
            fields.Operation.Is("unsubscribe"u8) && book != FrameOutcome.AllBooks
                ? FrameKind.Unsubscribed   // step 7
                : FrameKind.Acknowledged,
            book);
    }

    /// <summary>A refusal ends with the topic, and that with the symbol.</summary>
    private static bool TryFindInWords(JsonText message, DepthDecoder decoder, out int book)
    {
        Span<byte> room = stackalloc byte[MessageBytes];
        book = FrameOutcome.AllBooks;
        if (!message.TryResolve(room, out var text))
        {
            return false;
        }

        var topic = text.IndexOf("topic:orderbook."u8);
        return topic >= 0 && decoder.TryFind(text[(text.LastIndexOf((byte)'.') + 1)..], out book);
    }
}
