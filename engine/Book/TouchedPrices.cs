namespace LowLatencyQuoter.Engine.Book;

/// <summary>The best price that a message changed on each side: tells whether it can have changed the quote.</summary>
[HotPath]
public struct TouchedPrices
{
    /// <summary>Highest bid price touched; the smallest number when none.</summary>
    public long Bid;

    /// <summary>Lowest ask price touched; the largest number when none.</summary>
    public long Ask;

    /// <summary>Nothing touched.</summary>
    public static TouchedPrices Nothing => new() { Bid = BidSide.Nothing, Ask = AskSide.Nothing };

    /// <summary>Adds a bid price.</summary>
    public void AddBid(long price)
    {
        if (price > Bid)
        {
            Bid = price;
        }
    }

    /// <summary>Adds an ask price.</summary>
    public void AddAsk(long price)
    {
        if (price < Ask)
        {
            Ask = price;
        }
    }

    /// <summary>Everything may have changed.</summary>
    public void AddEverything()
    {
        Bid = long.MaxValue;
        Ask = long.MinValue;
    }
}
