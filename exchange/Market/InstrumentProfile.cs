using System;
using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>An instrument the simulation knows: where its price starts and how large its levels are.</summary>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USDT</c>.</param>
/// <param name="Mid">The common mid price at the start, and what it reverts to.</param>
/// <param name="RoundStep">Prices that traders like: levels gather on its multiples, on every venue.</param>
/// <param name="TypicalSize">Typical size of a level near the touch, in base asset.</param>
/// <param name="Activity">Level changes relative to the busiest instrument, over 0 up to 1.</param>
internal sealed record InstrumentProfile(
    string BaseAsset, string QuoteAsset, decimal Mid, decimal RoundStep, decimal TypicalSize, double Activity)
{
    /// <summary>Every instrument the simulation knows, in the order they are listed.</summary>
    public static IReadOnlyList<InstrumentProfile> Known { get; } =
    [
        new("BTC", "USDT", 65_000m, 1m, 0.12m, 1.0),
        new("ETH", "USDT", 3_200m, 0.1m, 2.4m, 0.8),
        new("BTC", "USD", 65_010m, 1m, 0.10m, 0.8),
        new("ETH", "USD", 3_200.5m, 0.1m, 2.0m, 0.6),
        new("BTC", "EUR", 59_800m, 1m, 0.06m, 0.4),
        new("ETH", "BTC", 0.04923m, 0.0001m, 3m, 0.3),
        new("SOL", "USDT", 152m, 0.1m, 40m, 0.5),
        new("XRP", "USD", 0.6125m, 0.001m, 6_000m, 0.4),
        new("PEPE", "USD", 0.0000007034m, 0.000000001m, 25_000_000m, 0.3),
    ];

    /// <summary>
    /// More of them for whoever names them, listed by every venue as ETH/USDT is; not simulated unless asked for.
    /// </summary>
    public static IReadOnlyList<InstrumentProfile> More { get; } =
    [
        .. new[] { "ADA", "LTC", "BCH", "DOT", "UNI", "XLM", "ETC", "TRX", "NEO", "FIL", "ATM", "ZEC" }.Select(
            (asset, index) => new InstrumentProfile(asset, "USDT", 900m + (217m * index), 0.1m, 3m, 0.4)),
    ];

    /// <summary>The spelling of this solution, for instance <c>BTC/USDT</c>.</summary>
    public string Name => $"{BaseAsset}/{QuoteAsset}";

    /// <summary>Finds the named instruments; all of them for null.</summary>
    /// <exception cref="ExchangeConfigurationException">A name is not known, or none is given.</exception>
    public static IReadOnlyList<InstrumentProfile> Select(IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return Known;
        }

        if (names.Count == 0)
        {
            throw new ExchangeConfigurationException("no instrument is given: name at least one, such as BTC/USDT");
        }

        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase).Select(Find)];
    }

    private static InstrumentProfile Find(string name) =>
        Known.Concat(More).FirstOrDefault(known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ExchangeConfigurationException(
            $"unknown instrument '{name}': choose from {string.Join(", ", Known.Select(known => known.Name))}");
}
