using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>Bids: the higher price is better.</summary>
public readonly struct BidSide : ISide
{
    /// <inheritdoc/>
    public static Side Side => Side.Bid;

    /// <inheritdoc/>
    [HotPath]
    public static bool Better(long price, long than) => price > than;
}
