using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>Binance spot: see README.md beside this file for its rules.</summary>
internal sealed class BinanceVenue : IVenue
{
    /// <summary>Decimals every price and quantity is printed with, whatever tick and lot are.</summary>
    public const int PrintedDecimals = 8;

    /// <summary>Price and quantity decimals by instrument.</summary>
    private static readonly Dictionary<string, (int Price, int Quantity)> Listed = new()
    {
        ["BTC/USDT"] = (2, 5),
        ["ETH/USDT"] = (2, 4),
        ["BTC/EUR"] = (2, 5),
        ["ETH/BTC"] = (5, 4),
        ["SOL/USDT"] = (2, 3),
    };

    public string Name => "binance";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 800, HalfSpreadBps: 0.08, SpacingBps: 0.13, ChangesPerSecond: 250);

    public IPlaybackDialect Playback { get; } = new BinancePlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var decimals)
            ? new Listing(
                instrument, instrument.BaseAsset + instrument.QuoteAsset, decimals.Price, decimals.Quantity)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new BinanceSimulation(market);
}
