using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Venues.Binance;
using LowLatencyQuoter.Exchange.Venues.Bitfinex;
using LowLatencyQuoter.Exchange.Venues.Bitstamp;
using LowLatencyQuoter.Exchange.Venues.Bybit;
using LowLatencyQuoter.Exchange.Venues.Coinbase;
using LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;
using LowLatencyQuoter.Exchange.Venues.Cryptocom;
using LowLatencyQuoter.Exchange.Venues.Gateio;
using LowLatencyQuoter.Exchange.Venues.Kraken;
using LowLatencyQuoter.Exchange.Venues.KuCoin;
using LowLatencyQuoter.Exchange.Venues.Okx;

namespace LowLatencyQuoter.Exchange.Venues;

/// <summary>The venues the exchange can speak. A new venue is its folder and one line here.</summary>
internal static class VenueRegistry
{
    /// <summary>The venues that can be served.</summary>
    public static IReadOnlyList<IVenue> All { get; } =
    [
        new BinanceVenue(),
        new BitstampVenue(),
        new CoinbaseVenue(),
        new CoinbaseAdvancedVenue(),
        new KrakenVenue(),
        new OkxVenue(),
        new BybitVenue(),
        new KuCoinVenue(),
        new GateioVenue(),
        new BitfinexVenue(),
        new CryptocomVenue(),
    ];

    /// <summary>The venues to serve, in the registry's order.</summary>
    /// <exception cref="ExchangeConfigurationException">A name is unknown.</exception>
    public static IReadOnlyList<IVenue> Select(ExchangeOptions options)
    {
        var names = options.Venues ?? (options.Playback is { } playback ? [playback.Venue] : ["all"]);
        if (names.Count == 0)
        {
            throw new ExchangeConfigurationException($"no venue is given: choose from {Names()}");
        }

        var chosen = names.SelectMany(Find).ToHashSet();
        if (options.Playback is { } played && !chosen.Contains(Find(played.Venue).Single()))
        {
            throw new ExchangeConfigurationException(
                $"the recording's venue {played.Venue} is not among the venues to serve: add it to --venues");
        }

        return [.. All.Where(chosen.Contains)];
    }

    private static IEnumerable<IVenue> Find(string name)
    {
        if (name == "all")
        {
            return All;
        }

        var plain = name == "gate" ? "gateio" : name;
        if (All.FirstOrDefault(venue => venue.Name == plain) is { } found)
        {
            return [found];
        }

        throw new ExchangeConfigurationException($"unknown venue '{name}': choose from {Names()}");
    }

    private static string Names() => string.Join(", ", All.Select(venue => venue.Name));
}
