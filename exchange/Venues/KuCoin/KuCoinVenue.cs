using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>KuCoin, classic spot: see README.md beside this file for its rules.</summary>
internal sealed class KuCoinVenue : IVenue
{
    /// <summary>Sizes have so many more decimals than the list of symbols declares, as on the venue.</summary>
    public const int UndeclaredDecimals = 2;

    /// <summary>Price and quantity decimals by instrument.</summary>
    private static readonly Dictionary<string, (int Price, int Quantity)> Listed = new()
    {
        ["BTC/USDT"] = (1, 8),
        ["ETH/USDT"] = (2, 7),
        ["BTC/EUR"] = (1, 8),
        ["ETH/BTC"] = (5, 7),
        ["SOL/USDT"] = (3, 4),
    };

    public string Name => "kucoin";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 400, HalfSpreadBps: 0.12, SpacingBps: 0.16, ChangesPerSecond: 80);

    public IPlaybackDialect Playback { get; } = new KuCoinPlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var decimals)
            ? new Listing(
                instrument, $"{instrument.BaseAsset}-{instrument.QuoteAsset}", decimals.Price, decimals.Quantity)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new KuCoinSimulation(market);
}
