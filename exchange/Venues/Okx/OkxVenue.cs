using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>OKX, websocket v5, spot: see README.md beside this file for its rules.</summary>
internal sealed class OkxVenue : IVenue
{
    /// <summary>Price and quantity decimals by instrument.</summary>
    private static readonly Dictionary<string, (int Price, int Quantity)> Listed = new()
    {
        ["BTC/USDT"] = (1, 8),
        ["ETH/USDT"] = (2, 6),
        ["BTC/USD"] = (1, 8),
        ["ETH/USD"] = (2, 6),
        ["BTC/EUR"] = (1, 8),
        ["ETH/BTC"] = (5, 6),
        ["SOL/USDT"] = (2, 6),
        ["XRP/USD"] = (5, 6),
        ["PEPE/USD"] = (12, 0),
    };

    public string Name => "okx";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 500, HalfSpreadBps: 0.08, SpacingBps: 0.14, ChangesPerSecond: 150);

    public IPlaybackDialect Playback { get; } = new OkxPlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var decimals)
            ? new Listing(
                instrument,
                $"{instrument.BaseAsset}-{instrument.QuoteAsset}",
                decimals.Price,
                decimals.Quantity)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new OkxSimulation(market);
}
