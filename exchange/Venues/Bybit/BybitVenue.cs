using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>Bybit, websocket v5, spot: see README.md beside this file for its rules.</summary>
internal sealed class BybitVenue : IVenue
{
    /// <summary>Price and quantity decimals by instrument.</summary>
    private static readonly Dictionary<string, (int Price, int Quantity)> Listed = new()
    {
        ["BTC/USDT"] = (2, 6),
        ["ETH/USDT"] = (2, 5),
        ["BTC/EUR"] = (2, 6),
        ["ETH/BTC"] = (6, 4),
        ["SOL/USDT"] = (2, 3),
    };

    public string Name => "bybit";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 1_200, HalfSpreadBps: 0.09, SpacingBps: 0.13, ChangesPerSecond: 200);

    public IPlaybackDialect Playback { get; } = new BybitPlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var decimals)
            ? new Listing(
                instrument, instrument.BaseAsset + instrument.QuoteAsset, decimals.Price, decimals.Quantity)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new BybitSimulation(market);
}
