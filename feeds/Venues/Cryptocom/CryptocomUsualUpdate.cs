using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.Cryptocom;

/// <summary>
/// An update of one book as Crypto.com prints it, whose order of keys is fixed: no white space, no escapes; and in the
/// order that was seen before.
/// <code>
/// {"id":-1,"method":"subscribe","code":0,"result":{"instrument_name":"BTC_USD","subscription":"book.BTC_USD.50","channel":"book.update","depth":50,"data":[{"update":{"asks":[...],"bids":[...]},"t":1,"tt":1,"u":8,"pu":7,"cs":-5}]}}
/// {"id":-1,"code":0,"method":"subscribe","result":{"channel":"book.update","subscription":"book.BTC_USD.50","instrument_name":"BTC_USD","depth":50,"data":[...]}}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class CryptocomUsualUpdate
{
    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        if (!frame.TryPass("{\"id\":-1,"u8)
            || !(TryBegin(ref frame, out var symbol) || TryBeginAsBefore(ref frame, out symbol))
            || !frame.TryPass("\"depth\":"u8)
            || !frame.TryTakeInteger((byte)',', out _)
            || !frame.TryPass(",\"data\":[{\"update\":{\"asks\":["u8)
            || !decoder.TryFindAgain(symbol, out var book)
            || !decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!frame.TryTakeRows<OrdersRow>(Side.Ask, decoder)
            || !frame.TryPass(",\"bids\":["u8)
            || !frame.TryTakeRows<OrdersRow>(Side.Bid, decoder)
            || !TryEnd(ref frame, out var time, out var id, out var previousId))
        {
            decoder.Abandon();
            return false;
        }

        CryptocomFrameDecoder.Commit(previousId, id, time, decoder);
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }

    private static bool TryBegin(ref UsualFrame frame, out ReadOnlySpan<byte> symbol)
    {
        symbol = default;
        return frame.TryPass("\"method\":\"subscribe\",\"code\":0,\"result\":{\"instrument_name\":\""u8)
            && frame.TryTakeText(out symbol)
            && frame.TryPass(",\"subscription\":\""u8)
            && frame.TryTakeText(out _)
            && frame.TryPass(",\"channel\":\"book.update\","u8);
    }

    private static bool TryBeginAsBefore(ref UsualFrame frame, out ReadOnlySpan<byte> symbol)
    {
        symbol = default;
        return frame.TryPass(
                "\"code\":0,\"method\":\"subscribe\",\"result\":{\"channel\":\"book.update\",\"subscription\":\""u8)
            && frame.TryTakeText(out _)
            && frame.TryPass(",\"instrument_name\":\""u8)
            && frame.TryTakeText(out symbol)
            && frame.TryPass(","u8);
    }

    /// <summary>The checksum is not documented; that it is a number is all that is looked at.</summary>
    private static bool TryEnd(ref UsualFrame frame, out long time, out long id, out long previousId)
    {
        time = 0;
        id = 0;
        previousId = 0;
        if (!frame.TryPass("},\"t\":"u8) || !frame.TryTakeInteger((byte)',', out time)
            || !frame.TryPass(",\"tt\":"u8) || !frame.TryTakeInteger((byte)',', out _)
            || !frame.TryPass(",\"u\":"u8) || !frame.TryTakeInteger((byte)',', out id)
            || !frame.TryPass(",\"pu\":"u8) || !frame.TryTakeInteger((byte)',', out previousId)
            || !frame.TryPass(",\"cs\":"u8))
        {
            return false;
        }

        frame.TryPass("-"u8);
        return frame.TryTakeInteger((byte)'}', out _) && frame.TryPass("}]}}"u8) && frame.IsAtEnd;
    }
}
