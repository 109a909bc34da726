using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.Coinbase;

/// <summary>
/// An update of one book as Coinbase Exchange prints it: this key order, no white space, no escapes.
/// <code>
/// {"type":"l2update","product_id":"BTC-USD","changes":[["buy","10101.80","0.162567"]],"time":"2023-08-15T05:27:09.050131Z"}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class CoinbaseUsualUpdate
{
    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        if (!frame.TryPass("{\"type\":\"l2update\",\"product_id\":\""u8)
            || !frame.TryTakeText(out var product)
            || !frame.TryPass(",\"changes\":["u8)
            || !decoder.TryFindAgain(product, out var book)
            || !decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!frame.TryTakeSidedRows<TradedRow>(decoder)
            || !frame.TryPass(",\"time\":\""u8)
            || !frame.TryTakeText(out var time)
            || !frame.TryPass("}"u8) || !frame.IsAtEnd)
        {
            decoder.Abandon();
            return false;
        }

        CoinbaseFrameDecoder.Commit(time, decoder);
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }
}
