using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>Crypto.com Exchange, websocket v1: see README.md beside this file for its rules.</summary>
internal sealed class CryptocomVenue : IVenue
{
    /// <summary>Price and quantity decimals by instrument.</summary>
    private static readonly Dictionary<string, (int Price, int Quantity)> Listed = new()
    {
        ["BTC/USDT"] = (2, 5),
        ["ETH/USDT"] = (2, 4),
        ["BTC/USD"] = (2, 5),
        ["ETH/USD"] = (2, 4),
        ["SOL/USDT"] = (3, 3),
        ["XRP/USD"] = (5, 0),
        ["PEPE/USD"] = (12, 0),
    };

    public string Name => "cryptocom";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 300, HalfSpreadBps: 0.1, SpacingBps: 0.15, ChangesPerSecond: 120);

    public IPlaybackDialect Playback { get; } = new CryptocomPlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var decimals)
            ? new Listing(
                instrument,
                $"{instrument.BaseAsset}_{instrument.QuoteAsset}",
                decimals.Price,
                decimals.Quantity)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new CryptocomSimulation(market);
}
