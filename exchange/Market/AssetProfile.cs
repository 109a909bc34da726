using System;
using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>A currency or coin, as venues describe it in their lists.</summary>
/// <param name="Code">For instance <c>BTC</c>.</param>
/// <param name="Name">For instance <c>Bitcoin</c>.</param>
/// <param name="Decimals">Decimals that venues keep of an amount.</param>
/// <param name="UnitsPerDollar">A round rate: how many of it a dollar buys.</param>
/// <param name="IsFiat">Whether it is a currency of a state.</param>
internal sealed record AssetProfile(string Code, string Name, int Decimals, decimal UnitsPerDollar, bool IsFiat = false)
{
    private static readonly AssetProfile[] Known =
    [
        new("BTC", "Bitcoin", 8, 0.0000153822m),
        new("ETH", "Ethereum", 8, 0.0003124512m),
        new("USDT", "Tether", 8, 1.0001m),
        new("SOL", "Solana", 8, 0.0065789m),
        new("XRP", "XRP", 6, 1.6327m),
        new("PEPE", "Pepe", 8, 1_421_666m),
        new("USD", "United States Dollar", 2, 1m, IsFiat: true),
        new("EUR", "Euro", 2, 0.9199m, IsFiat: true),
    ];

    /// <summary>Every asset that the listings trade, once each.</summary>
    public static IReadOnlyList<AssetProfile> Of(IEnumerable<Listing> listings) =>
    [
        .. listings.SelectMany(listing => new[] { listing.Instrument.BaseAsset, listing.Instrument.QuoteAsset })
            .Distinct()
            .Select(Find),
    ];

    private static AssetProfile Find(string code) =>
        Array.Find(Known, asset => asset.Code == code)
        ?? (InstrumentProfile.More.Any(more => more.BaseAsset == code) ? new AssetProfile(code, code, 8, 0.001m) : null)
        ?? throw new ArgumentException($"asset {code} is traded and not described in {nameof(AssetProfile)}");
}
