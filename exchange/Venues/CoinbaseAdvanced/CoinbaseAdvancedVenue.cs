using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>Coinbase Advanced Trade: see README.md beside this file for its rules.</summary>
internal sealed class CoinbaseAdvancedVenue : IVenue
{
    /// <summary>Price and quantity decimals by instrument.</summary>
    private static readonly Dictionary<string, (int Price, int Quantity)> Listed = new()
    {
        ["BTC/USDT"] = (2, 8),
        ["ETH/USDT"] = (2, 8),
        ["BTC/USD"] = (2, 8),
        ["ETH/USD"] = (2, 8),
        ["BTC/EUR"] = (2, 8),
        ["ETH/BTC"] = (5, 8),
        ["SOL/USDT"] = (2, 4),
        ["XRP/USD"] = (4, 6),
    };

    public string Name => "coinbase_advanced";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 2_500, HalfSpreadBps: 0.1, SpacingBps: 0.14, ChangesPerSecond: 150);

    public IPlaybackDialect Playback { get; } = new CoinbaseAdvancedPlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var decimals)
            ? new Listing(
                instrument,
                $"{instrument.BaseAsset}-{instrument.QuoteAsset}",
                decimals.Price,
                decimals.Quantity)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new CoinbaseAdvancedSimulation(market);
}
