using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// The body of <c>GET /api/v3/depth</c>: <c>{"lastUpdateId":50,"bids":[["61837.63000000","3.78826000"]],"asks":[...]}</c>.
/// </summary>
internal static class BinanceSnapshotDecoder
{
    public static FrameOutcome Decode(int book, ReadOnlySpan<byte> body, DepthDecoder decoder)
    {
        var json = new JsonScanner(body);
        if (!decoder.TryBegin(book, EventKind.Snapshot))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        if (!TryRead(ref json, decoder, out var updateId))
        {
            decoder.Fail(FaultCode.MalformedMessage);
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        decoder.Message.LastUpdateId = updateId;
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    private static bool TryRead(ref JsonScanner json, DepthDecoder decoder, out long updateId)
    {
        updateId = 0;
        var sides = 0;
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("lastUpdateId"u8))
            {
                json.TryReadInteger(out updateId);
            }
            else if (name.Is("bids"u8) || name.Is("asks"u8))
            {
                sides++;
                if (!decoder.TryAddRows(ref json, name.Is("bids"u8) ? Side.Bid : Side.Ask))
                {
                    return false;
                }
            }
            else
            {
                json.TrySkip();
            }
        }

        return json.TryFinish() && updateId > 0 && sides == 2;
    }
}
