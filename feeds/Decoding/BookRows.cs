using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Wire.Text;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// The general way to the two sides of a message whose levels are arrays that start with price and quantity.
/// </summary>
[Engine.HotPath]
internal static class BookRows
{
    /// <summary>
    /// Begins a message and reads both sides into it; the caller fills the other fields and commits. False, with
    /// nothing begun and the decoder's fault set, when they cannot be read.
    /// </summary>
    public static bool TryRead(
        ref JsonScanner json, int book, EventKind kind, JsonPlace bids, JsonPlace asks, DepthDecoder decoder)
    {
        if (decoder.TryBegin(book, kind)
            && TryReadSide(ref json, bids, Side.Bid, decoder)
            && TryReadSide(ref json, asks, Side.Ask, decoder))
        {
            return true;
        }

        decoder.Abandon();
        return false;
    }

    private static bool TryReadSide(ref JsonScanner json, JsonPlace place, Side side, DepthDecoder decoder)
    {
        json.Return(place);
        return decoder.TryAddRows(ref json, side);
    }
}
