using System;
using System.Collections.Generic;
using System.Globalization;

namespace LowLatencyQuoter.Feeds.Tests.Chaos;

/// <summary>
/// How long, how wide and from which seed chaos runs: what CI does, unless the environment says more.
/// </summary>
internal sealed record ChaosSettings
{
    private static readonly string[] AllVenues =
    [
        "binance", "bitstamp", "coinbase", "coinbase_advanced", "kraken", "okx", "bybit", "kucoin", "gateio",
        "bitfinex", "cryptocom",
    ];

    private static readonly string[] AllInstruments =
    [
        "BTC/USDT", "ETH/USDT", "BTC/USD", "ETH/USD", "BTC/EUR", "ETH/BTC", "SOL/USDT", "XRP/USD", "PEPE/USD",
        "ADA/USDT", "LTC/USDT", "BCH/USDT", "DOT/USDT", "UNI/USDT", "XLM/USDT", "ETC/USDT", "TRX/USDT", "NEO/USDT",
        "FIL/USDT", "ATM/USDT",
    ];

    /// <summary>How long faults are provoked; what follows is recovery.</summary>
    public required TimeSpan Duration { get; init; }

    public required int Seed { get; init; }

    public required IReadOnlyList<string> Instruments { get; init; }

    public IReadOnlyList<string> Venues { get; init; } = AllVenues;

    /// <summary>Speed of market time.</summary>
    public required double Rate { get; init; }

    /// <summary>Silence after which a venue is pinged.</summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between two faults, all venues together.</summary>
    public required TimeSpan PauseMax { get; init; }

    /// <summary>
    /// <c>QUOTER_CHAOS_SECONDS</c> (20), <c>QUOTER_CHAOS_SEED</c> (7), <c>QUOTER_CHAOS_INSTRUMENTS</c> (2; 20 when the
    /// seconds are given).
    /// </summary>
    public static ChaosSettings FromEnvironment()
    {
        var seconds = Number("QUOTER_CHAOS_SECONDS");
        var instruments = Math.Clamp(
            Number("QUOTER_CHAOS_INSTRUMENTS") ?? (seconds is null ? 2 : 20), 1, AllInstruments.Length);
        return new ChaosSettings
        {
            Duration = TimeSpan.FromSeconds(seconds ?? 20),
            Seed = Number("QUOTER_CHAOS_SEED") ?? 7,
            Instruments = AllInstruments[..instruments],
            Rate = instruments > 4 ? 0.1 : 0.5,
            PauseMax = TimeSpan.FromMilliseconds(400),
        };
    }

    private static int? Number(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : null;
}
