namespace LowLatencyQuoter.Exchange.Market;

/// <summary>An instrument as one venue lists it. Ticks and lots are powers of ten.</summary>
/// <param name="Instrument">What is traded.</param>
/// <param name="Symbol">The venue's own spelling, for instance <c>BTCUSDT</c>, <c>btcusdt</c>, <c>BTC/USDT</c>.</param>
/// <param name="PriceDecimals">One tick is 10 to the minus this.</param>
/// <param name="QuantityDecimals">One lot is 10 to the minus this.</param>
internal sealed record Listing(InstrumentProfile Instrument, string Symbol, int PriceDecimals, int QuantityDecimals);
