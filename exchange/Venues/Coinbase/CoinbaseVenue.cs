using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>Coinbase Exchange: see README.md beside this file for its rules.</summary>
internal sealed class CoinbaseVenue : IVenue
{
    /// <summary>Price and quantity decimals by instrument; the wire prints exactly these.</summary>
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

    public string Name => "coinbase";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 1_500, HalfSpreadBps: 0.09, SpacingBps: 0.14, ChangesPerSecond: 150);

    public IPlaybackDialect Playback { get; } = new CoinbasePlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var decimals)
            ? new Listing(
                instrument,
                $"{instrument.BaseAsset}-{instrument.QuoteAsset}",
                decimals.Price,
                decimals.Quantity)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new CoinbaseSimulation(market);
}
