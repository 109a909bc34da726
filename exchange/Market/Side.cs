namespace LowLatencyQuoter.Exchange.Market;

/// <summary>A side of a book.</summary>
internal enum Side
{
    /// <summary>Who buys; the best price is the highest.</summary>
    Bid,

    /// <summary>Who sells; the best price is the lowest.</summary>
    Ask,
}
