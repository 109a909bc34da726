using System;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// The body of a REST snapshot that is one object with an update id and both sides, whose rows are arrays that start
/// with price and quantity: <c>{"lastUpdateId":50,"bids":[["61837.63","3.78826"]],"asks":[...]}</c>. Members may come
/// in any order; what else there is is passed over.
/// </summary>
internal static class SnapshotBody
{
    /// <summary>Reads it as a whole, or not at all.</summary>
    /// <param name="book">The book that was asked for.</param>
    /// <param name="body">The body.</param>
    /// <param name="idName">What the venue calls the id of the last update in it.</param>
    /// <param name="decoder">Where it goes.</param>
    public static FrameOutcome Decode(
        int book, ReadOnlySpan<byte> body, ReadOnlySpan<byte> idName, DepthDecoder decoder)
    {
        var json = new JsonScanner(body);
        if (!decoder.TryBegin(book, EventKind.Snapshot))
        {
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        if (!TryRead(ref json, idName, decoder, out var updateId))
        {
            decoder.Fail(FaultCode.MalformedMessage);
            decoder.Abandon();
            return FrameOutcome.Failed(decoder.Fault, book);
        }

        decoder.Message.LastUpdateId = updateId;
        decoder.Commit();
        return FrameOutcome.Of(FrameKind.Depth, book);
    }

    private static bool TryRead(
        ref JsonScanner json, ReadOnlySpan<byte> idName, DepthDecoder decoder, out long updateId)
    {
        updateId = 0;
        var sides = 0;
        if (!json.TryEnterObject())
        {
            return false;
        }

        while (json.TryNextName(out var name))
        {
            if (name.Is(idName))
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
