using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>Bids: the higher price is better.</summary>
[HotPath]
public readonly struct BidSide : ISide
{
    /// <inheritdoc/>
    public static Side Side => Side.Bid;

    /// <inheritdoc/>
    public static long Nothing => long.MinValue;

    /// <inheritdoc/>
    public static bool Better(long price, long than) => price > than;

    /// <inheritdoc/>
    public static ulong Distance(long price, long from) => unchecked((ulong)(from - price));

    /// <inheritdoc/>
    public static long Worse(long price, ulong by) => unchecked(price - (long)by);

    /// <inheritdoc/>
    public static long Key(long price) => ~price;
}
