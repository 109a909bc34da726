using System;
using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Venues.Binance;
using LowLatencyQuoter.Feeds.Venues.Bitfinex;
using LowLatencyQuoter.Feeds.Venues.Bitstamp;
using LowLatencyQuoter.Feeds.Venues.Bybit;
using LowLatencyQuoter.Feeds.Venues.Coinbase;
using LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;
using LowLatencyQuoter.Feeds.Venues.Cryptocom;
using LowLatencyQuoter.Feeds.Venues.Gateio;
using LowLatencyQuoter.Feeds.Venues.Kraken;
using LowLatencyQuoter.Feeds.Venues.KuCoin;
using LowLatencyQuoter.Feeds.Venues.Okx;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>Every venue there is, by name; the one place where a new one is registered.</summary>
public static class VenueRegistry
{
    /// <summary>The venues in their default order, which decides ties of price and quantity.</summary>
    public static IReadOnlyList<IVenue> All { get; } =
    [
        new Venue<BinanceDialect>(),
        new Venue<BitstampDialect>(),
        new Venue<CoinbaseDialect>(),
        new Venue<CoinbaseAdvancedDialect>(),
        new Venue<KrakenDialect>(),
        new Venue<OkxDialect>(),
        new Venue<BybitDialect>(),
        new Venue<KuCoinDialect>(),
        new Venue<GateioDialect>(),
        new Venue<BitfinexDialect>(),
        new Venue<CryptocomDialect>(),
    ];

    /// <summary>Further feeds of some of them, which a configuration chooses by <see cref="VenueStream"/>.</summary>
    public static IReadOnlyList<IVenue> OtherStreams { get; } =
    [
        new Venue<BinanceSbeDialect>(),
        new Venue<BinancePartialDialect>(),
    ];

    /// <summary>The names, for messages: <c>binance, bitstamp, coinbase</c> and so on.</summary>
    public static string Names
    {
        get
        {
            var names = new List<string>();
            foreach (var venue in All)
            {
                names.Add(venue.Profile.Name);
            }

            return string.Join(", ", names);
        }
    }

    /// <summary>Finds a venue; <c>gate</c> is accepted for <c>gateio</c>.</summary>
    public static bool TryFind(string name, out IVenue venue)
    {
        var wanted = name.Trim().ToLowerInvariant() is "gate" ? "gateio" : name.Trim().ToLowerInvariant();
        foreach (var candidate in All)
        {
            if (candidate.Profile.Name.Equals(wanted, StringComparison.Ordinal))
            {
                venue = candidate;
                return true;
            }
        }

        venue = All[0];
        return false;
    }

    /// <summary>Finds a feed of a venue; false when the venue has no such feed.</summary>
    public static bool TryFind(string name, VenueStream stream, out IVenue venue)
    {
        if (!TryFind(name, out venue))
        {
            return false;
        }

        if (venue.Profile.Stream == stream)
        {
            return true;
        }

        foreach (var other in OtherStreams)
        {
            if (other.Profile.Name == venue.Profile.Name && other.Profile.Stream == stream)
            {
                venue = other;
                return true;
            }
        }

        return false;
    }
}
