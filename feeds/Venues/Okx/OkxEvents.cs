using System;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Okx;

/// <summary>Frames of OKX that have an <c>event</c>: answers to requests, refusals, notices.</summary>
[Engine.HotPath]
internal static class OkxEvents
{
    private const int MessageBytes = 512;

    public static FrameOutcome Decode(ref OkxFrame fields, DepthDecoder decoder)
    {
        var isBook = fields.Channel.Is("books"u8);
        var book = isBook && decoder.TryFind(fields.Symbol, out var found) ? found : FrameOutcome.AllBooks;
        if (fields.Event.Is("error"u8) || fields.Event.Is("channel-conn-count-error"u8))   // step 2
        {
            return FrameOutcome.Of(
                FrameKind.Refused, book == FrameOutcome.AllBooks ? BookNamedIn(fields.Message, decoder) : book);
        }

        if (fields.Event.Is("unsubscribe"u8) && book != FrameOutcome.AllBooks)
        {
            return FrameOutcome.Of(FrameKind.Unsubscribed, book);   // step 7
        }

        if (fields.Event.Is("notice"u8))
        {
            return FrameOutcome.Of(
                fields.Code.Is("64008"u8) ? FrameKind.ReconnectRequested : FrameKind.Ignored);   // step 9
        }

        var isAnswer = fields.Event.Is("subscribe"u8) || fields.Event.Is("unsubscribe"u8);
        return FrameOutcome.Of(isAnswer ? FrameKind.Acknowledged : FrameKind.Ignored, book);
    }

    /// <summary>
    /// A refusal has no argument; its words name the instrument: <c>Wrong URL or channel:books,instId:NO-PE doesn't
    /// exist.</c>
    /// </summary>
    private static int BookNamedIn(JsonText message, DepthDecoder decoder)
    {
        Span<byte> room = stackalloc byte[MessageBytes];
        if (!message.TryResolve(room, out var text))
        {
            return FrameOutcome.AllBooks;
        }

        var name = text.IndexOf("instId:"u8);
        if (name < 0)
        {
            return FrameOutcome.AllBooks;
        }

        text = text[(name + "instId:".Length)..];
        var end = text.IndexOfAny((byte)' ', (byte)',');
        return decoder.TryFind(end < 0 ? text : text[..end], out var book) ? book : FrameOutcome.AllBooks;
    }
}
