using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.Kraken;

/// <summary>
/// An update of one book as Kraken prints it: this key order, no white space, no escapes.
/// <code>
/// {"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[...],"asks":[...],"checksum":2532652056,"timestamp":"2026-08-01T02:53:53.646219Z"}]}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class KrakenUsualBook
{
    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        if (!frame.TryPass("{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\""u8)
            || !frame.TryTakeText(out var symbol)
            || !frame.TryPass(",\"bids\":["u8)
            || !decoder.TryFindAgain(symbol, out var book)
            || !decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!frame.TryTakeRows<NamedRow>(Side.Bid, decoder)
            || !frame.TryPass(",\"asks\":["u8)
            || !frame.TryTakeRows<NamedRow>(Side.Ask, decoder)
            || !frame.TryPass(",\"checksum\":"u8)
            || !frame.TryTakeInteger((byte)',', out var checksum) || checksum > uint.MaxValue
            || !frame.TryPass(",\"timestamp\":\""u8)
            || !frame.TryTakeText(out var timestamp)
            || !frame.TryPass("}]}"u8) || !frame.IsAtEnd)
        {
            decoder.Abandon();
            return false;
        }

        ref var message = ref decoder.Message;
        message.Checksum = (uint)checksum;
        message.ChecksumAlgorithm = ChecksumAlgorithm.CrcOfTenLevelDigits;
        message.VenueUnixNanos = IsoTime.TryParse(timestamp, out var nanos) ? nanos : 0;
        decoder.Commit();
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }
}
