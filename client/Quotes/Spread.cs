using Orderbook;

namespace LowLatencyQuoter.Client.Quotes;

/// <summary>How the best ask stands to the best bid of one quote.</summary>
/// <param name="Absolute">Best ask less best bid as the server sent it; negative when venues cross each other.</param>
/// <param name="BasisPoints">The same in 1/10000 of the mid price; null where the mid price is not above zero.</param>
internal readonly record struct Spread(double Absolute, double? BasisPoints)
{
    /// <summary>The best bid is above the best ask.</summary>
    public bool IsCrossed => Absolute < 0;

    /// <summary>The best bid equals the best ask.</summary>
    public bool IsLocked => Absolute == 0;

    /// <summary>The spread of a quote; null where a side is empty, for there is none.</summary>
    public static Spread? Of(Summary quote)
    {
        if (quote.Bids.Count == 0 || quote.Asks.Count == 0)
        {
            return null;
        }

        var mid = (quote.Bids[0].Price + quote.Asks[0].Price) / 2;
        return new Spread(quote.Spread, mid > 0 ? quote.Spread / mid * 10_000 : null);
    }
}
