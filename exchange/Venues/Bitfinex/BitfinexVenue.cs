using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Playback;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>Bitfinex, websocket v2: see README.md beside this file for its rules.</summary>
internal sealed class BitfinexVenue : IVenue
{
    private const int AmountDecimals = 8;

    /// <summary>Symbols, and the decimals that five significant digits leave at the instrument's price.</summary>
    private static readonly Dictionary<string, (string Symbol, int PriceDecimals)> Listed = new()
    {
        ["BTC/USDT"] = ("tBTCUST", 0),
        ["ETH/USDT"] = ("tETHUST", 1),
        ["BTC/USD"] = ("tBTCUSD", 0),
        ["ETH/USD"] = ("tETHUSD", 1),
        ["BTC/EUR"] = ("tBTCEUR", 0),
        ["ETH/BTC"] = ("tETHBTC", 6),
        ["SOL/USDT"] = ("tSOLUST", 2),
        ["XRP/USD"] = ("tXRPUSD", 5),
        ["PEPE/USD"] = ("tPEPE:USD", 11),
    };

    public string Name => "bitfinex";

    public FlowProfile Flow { get; } =
        new(LevelsPerSide: 350, HalfSpreadBps: 0.08, SpacingBps: 0.15, ChangesPerSecond: 90);

    public IPlaybackDialect Playback { get; } = new BitfinexPlayback();

    public Listing? List(InstrumentProfile instrument) =>
        Listed.TryGetValue(instrument.Name, out var listed)
            ? new Listing(instrument, listed.Symbol, listed.PriceDecimals, AmountDecimals)
            : null;

    public IVenueSimulation Simulate(VenueMarket market) => new BitfinexSimulation(market);
}
