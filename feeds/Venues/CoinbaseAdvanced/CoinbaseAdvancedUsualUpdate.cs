using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;

/// <summary>
/// A frame with one event of one book, update or snapshot, as Coinbase Advanced Trade prints it: this key order, with
/// or without <c>client_id</c>, no white space, no escapes.
/// <code>
/// {"channel":"l2_data","client_id":"","timestamp":"2023-02-09T20:32:50.714964855Z","sequence_num":7,"events":[{"type":"update","product_id":"BTC-USD","updates":[...]}]}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class CoinbaseAdvancedUsualUpdate
{
    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        if (!frame.TryPass("{\"channel\":\"l2_data\","u8)
            || !TryPassClient(ref frame)
            || !frame.TryPass("\"timestamp\":\""u8)
            || !frame.TryTakeText(out var timestamp)
            || !frame.TryPass(",\"sequence_num\":"u8)
            || !frame.TryTakeInteger((byte)',', out var number)
            || !decoder.Numbers.IsNext(number)
            || !TryTakeKind(ref frame, out var kind)
            || !frame.TryPass(",\"product_id\":\""u8)
            || !frame.TryTakeText(out var product)
            || !frame.TryPass(",\"updates\":["u8)
            || !decoder.TryFindAgain(product, out var book)
            || !decoder.TryBegin(book, kind))
        {
            return false;
        }

        if (!frame.TryTakeSidedRows<StampedRow>(decoder)
            || !frame.TryPass("}]}"u8) || !frame.IsAtEnd)
        {
            decoder.Abandon();
            return false;
        }

        decoder.Numbers.Take(number);
        CoinbaseAdvancedFrameDecoder.Commit(timestamp, decoder);
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }

    /// <summary>The documentation shows an empty one, recorded traffic has none.</summary>
    private static bool TryPassClient(ref UsualFrame frame) =>
        !frame.TryPass("\"client_id\":\""u8) || frame.TryPass("\","u8);

    private static bool TryTakeKind(ref UsualFrame frame, out EventKind kind)
    {
        kind = EventKind.Update;
        if (frame.TryPass(",\"events\":[{\"type\":\"update\""u8))
        {
            return true;
        }

        kind = EventKind.Snapshot;
        return frame.TryPass(",\"events\":[{\"type\":\"snapshot\""u8);
    }
}
