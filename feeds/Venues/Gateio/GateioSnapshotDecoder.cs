using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Venues.Gateio;

/// <summary>
/// The body of <c>GET /api/v4/spot/order_book?with_id=true</c>:
/// <c>{"id":31244065,"current":1,"update":1,"asks":[["0.0018734","5.084"]],"bids":[...]}</c>.
/// </summary>
internal static class GateioSnapshotDecoder
{
    public static FrameOutcome Decode(int book, ReadOnlySpan<byte> body, DepthDecoder decoder)
    {
        var json = new JsonScanner(body);
        if (!decoder.TryBegin(book, EventKind.Snapshot))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        if (!TryRead(ref json, decoder, out var id))
        {
            decoder.Fail(FaultCode.MalformedMessage);
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        decoder.Message.LastUpdateId = id;
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    private static bool TryRead(ref JsonScanner json, DepthDecoder decoder, out long id)
    {
        id = 0;
        var sides = 0;
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is("id"u8))
            {
                json.TryReadInteger(out id);
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

        return json.TryFinish() && id > 0 && sides == 2;
    }
}
