using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Venues.Okx;

/// <summary>
/// An update of one book as OKX prints it: this key order, no white space, no escapes; the two ids in either order, or
/// both missing, as in 2022.
/// <code>
/// {"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[...],"bids":[...],"ts":"1652459226350","checksum":-1137548519,"seqId":123457,"prevSeqId":123456}]}
/// </code>
/// Whatever differs is left to the general decoder; both give the same event.
/// </summary>
[Engine.HotPath]
internal static class OkxUsualUpdate
{
    /// <summary>Decodes the frame if it is printed as usual; false, with nothing committed, when it is not.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, DepthDecoder decoder, out FrameOutcome outcome)
    {
        outcome = default;
        var frame = new UsualFrame(bytes);
        if (!frame.TryPass("{\"arg\":{\"channel\":\"books\",\"instId\":\""u8)
            || !frame.TryTakeText(out var symbol)
            || !frame.TryPass("},\"action\":\"update\",\"data\":[{\"asks\":["u8)
            || !decoder.TryFindAgain(symbol, out var book)
            || !decoder.TryBegin(book, EventKind.Update))
        {
            return false;
        }

        if (!frame.TryTakeRows<CountedRow>(Side.Ask, decoder)
            || !frame.TryPass(",\"bids\":["u8)
            || !frame.TryTakeRows<CountedRow>(Side.Bid, decoder)
            || !frame.TryPass(",\"ts\":\""u8)
            || !frame.TryTakeInteger((byte)'"', out var time)
            || !TryTakeChecksum(ref frame, out var checksum, out var hasIds)
            || !TryTakeIds(ref frame, hasIds, out var previousId, out var id)
            || !frame.TryPass("}]}"u8) || !frame.IsAtEnd)
        {
            decoder.Abandon();
            return false;
        }

        OkxFrameDecoder.Commit(book, checksum, previousId, id, time, decoder);
        outcome = FrameOutcome.Of(FrameKind.Depth, book);
        return true;
    }

    private static bool TryTakeChecksum(ref UsualFrame frame, out int checksum, out bool hasIds)
    {
        checksum = 0;
        hasIds = false;
        if (!frame.TryPass("\",\"checksum\":"u8))
        {
            return false;
        }

        var isNegative = frame.TryPass("-"u8);
        hasIds = frame.TryTakeInteger((byte)',', out var value);
        if (!hasIds && !frame.TryTakeInteger((byte)'}', out value))
        {
            return false;
        }

        value = isNegative ? -value : value;
        checksum = (int)value;
        return checksum == value;
    }

    private static bool TryTakeIds(ref UsualFrame frame, bool hasIds, out long previousId, out long id)
    {
        previousId = 0;
        id = 0;
        if (!hasIds)
        {
            return true;
        }

        return frame.TryPass(",\"seqId\":"u8)
            ? frame.TryTakeInteger((byte)',', out id)
                && frame.TryPass(",\"prevSeqId\":"u8) && frame.TryTakeInteger((byte)'}', out previousId)
            : frame.TryPass(",\"prevSeqId\":"u8) && frame.TryTakeInteger((byte)',', out previousId)
                && frame.TryPass(",\"seqId\":"u8) && frame.TryTakeInteger((byte)'}', out id);
    }
}
