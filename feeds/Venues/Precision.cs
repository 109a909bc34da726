namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>Decimal digits that a venue declares for an instrument.</summary>
/// <param name="Symbol">The instrument in the venue's spelling, as in its messages.</param>
/// <param name="PriceScale">Of prices.</param>
/// <param name="QuantityScale">Of quantities.</param>
public readonly record struct Precision(string Symbol, int PriceScale, int QuantityScale);
