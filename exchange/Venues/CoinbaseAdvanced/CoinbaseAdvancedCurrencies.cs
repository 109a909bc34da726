using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>What the older interface tells of currencies: money and coins in lists of their own, and rates.</summary>
internal sealed class CoinbaseAdvancedCurrencies
{
    private readonly IReadOnlyList<AssetProfile> _assets;

    public CoinbaseAdvancedCurrencies(IReadOnlyList<AssetProfile> assets) => _assets = assets;

    /// <summary>The body of <c>/v2/currencies</c>.</summary>
    public byte[] Fiat() => List(isFiat: true, static (json, asset, _) =>
    {
        json.WriteString("id", asset.Code);
        json.WriteString("name", asset.Name);
        json.WriteString("min_size", Pow10.Step(asset.Decimals));
    });

    /// <summary>The body of <c>/v2/currencies/crypto</c>.</summary>
    public byte[] Crypto() => List(isFiat: false, static (json, asset, index) =>
    {
        json.WriteString("asset_id", new Guid(index + 1, 0, 0x4000, 0x80, 0, 0, 0, 0, 0, 0, 0));
        json.WriteString("code", asset.Code);
        json.WriteString("name", asset.Name);
        json.WriteString("color", "#0052FF");
        json.WriteNumber("sort_index", 100 + index);
        json.WriteNumber("exponent", asset.Decimals);
        json.WriteString("type", "crypto");
    });

    /// <summary>The body of <c>/v2/exchange-rates</c>; null for a currency that is not known.</summary>
    public byte[]? Rates(string currency)
    {
        if (_assets.FirstOrDefault(asset => asset.Code == currency) is not { } priced)
        {
            return currency == "USD" ? Rates(currency, 1m) : null;
        }

        return Rates(currency, priced.UnitsPerDollar);
    }

    private byte[] Rates(string currency, decimal unitsPerDollar) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("data");
        json.WriteString("currency", currency);
        json.WriteStartObject("rates");
        foreach (var asset in _assets)
        {
            var rate = asset.UnitsPerDollar / unitsPerDollar;
            json.WriteString(asset.Code, rate.ToString("0.##################", CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private byte[] List(bool isFiat, Action<Utf8JsonWriter, AssetProfile, int> write) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var (index, asset) in _assets.Where(asset => asset.IsFiat == isFiat).Index())
        {
            json.WriteStartObject();
            write(json, asset, index);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
