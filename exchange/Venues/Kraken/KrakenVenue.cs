using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>Kraken, websocket v2: see README.md beside this file for its rules.</summary>
internal sealed class KrakenVenue : IVenue
{
    /// <summary>Price and quantity decimals by instrument; the wire prints exactly these.</summary>
    private static readonly Dictionary<string, (int Price, int Quantity)> Listed = new()
    {
        ["BTC/USDT"] = (1, 8),
        ["ETH/USDT"] = (2, 8),
        ["BTC/USD"] = (1, 8),
        ["ETH/USD"] = (2, 8),
        ["BTC/EUR"] = (1, 8),
        ["ETH/BTC"] = (5, 8),
        ["SOL/USDT"] = (2, 8),
        ["XRP/USD"] = (5, 8),
        ["PEPE/USD"] = (10, 5),
    };

    public string Name => "kraken";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 600, HalfSpreadBps: 0.1, SpacingBps: 0.15, ChangesPerSecond: 60);

    public IPlaybackDialect Playback { get; } = new KrakenPlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var decimals)
            ? new Listing(instrument, instrument.Name, decimals.Price, decimals.Quantity)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new KrakenSimulation(market);
}
