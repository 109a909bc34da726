using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.Bitstamp;

/// <summary>Bitstamp: see README.md beside this file for its rules.</summary>
internal sealed class BitstampVenue : IVenue
{
    /// <summary>Price and quantity decimals by instrument; the wire prints exactly these.</summary>
    private static readonly Dictionary<string, (int Price, int Quantity)> Listed = new()
    {
        ["BTC/USDT"] = (0, 8),
        ["ETH/USDT"] = (1, 8),
        ["BTC/USD"] = (0, 8),
        ["ETH/USD"] = (1, 8),
        ["BTC/EUR"] = (0, 8),
        ["ETH/BTC"] = (6, 8),
        ["XRP/USD"] = (5, 8),
    };

    public string Name => "bitstamp";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 300, HalfSpreadBps: 0.16, SpacingBps: 0.2, ChangesPerSecond: 40);

    public IPlaybackDialect Playback { get; } = new BitstampPlayback();

    public Listing? List(InstrumentProfile instrument)
    {
        if (!Listed.TryGetValue(instrument.Name, out var decimals))
        {
            return null;
        }

        var pair = (instrument.BaseAsset + instrument.QuoteAsset).ToLowerInvariant();
        return new Listing(instrument, pair, decimals.Price, decimals.Quantity);
    }

    public IVenueSimulation Simulate(VenueMarket market) => new BitstampSimulation(market);
}
