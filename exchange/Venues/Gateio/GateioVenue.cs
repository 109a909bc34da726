using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>Gate v4, spot: see README.md beside this file for its rules.</summary>
internal sealed class GateioVenue : IVenue
{
    /// <summary>Amounts have so many more decimals than the list of pairs declares, as on the venue.</summary>
    public const int UndeclaredDecimals = 2;

    /// <summary>Price and quantity decimals by instrument.</summary>
    private static readonly Dictionary<string, (int Price, int Quantity)> Listed = new()
    {
        ["BTC/USDT"] = (1, 8),
        ["ETH/USDT"] = (2, 6),
        ["BTC/USD"] = (1, 8),
        ["ETH/BTC"] = (6, 6),
        ["SOL/USDT"] = (2, 5),
    };

    public string Name => "gateio";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 500, HalfSpreadBps: 0.14, SpacingBps: 0.15, ChangesPerSecond: 70);

    public IPlaybackDialect Playback { get; } = new GateioPlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var decimals)
            ? new Listing(
                instrument, $"{instrument.BaseAsset}_{instrument.QuoteAsset}", decimals.Price, decimals.Quantity)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new GateioSimulation(market);
}
