using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>One pair of the instrument channel and of AssetPairs.</summary>
/// <param name="Symbol">The v2 spelling, for instance <c>BTC/USD</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USD</c>.</param>
/// <param name="PriceDecimals">Declared price precision.</param>
/// <param name="QuantityDecimals">Declared quantity precision.</param>
internal sealed record KrakenPair(
    string Symbol, string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    /// <summary>The snapshot of the instrument channel.</summary>
    public static byte[] InstrumentSnapshot(IReadOnlyList<KrakenPair> pairs) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("channel", "instrument");
        json.WriteString("type", "snapshot");
        json.WriteStartObject("data");
        json.WriteStartArray("assets");
        foreach (var asset in pairs.SelectMany(pair => new[] { pair.BaseAsset, pair.QuoteAsset }).Distinct())
        {
            json.WriteStartObject();
            json.WriteString("id", asset);
            json.WriteString("status", "enabled");
            json.WriteNumber("precision", 10);
            json.WriteNumber("precision_display", 5);
            json.WriteBoolean("borrowable", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("pairs");
        foreach (var pair in pairs)
        {
            pair.WriteInstrument(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The REST body; asks for all pairs when the filter is empty.</summary>
    public static byte[] AssetPairs(IReadOnlyList<KrakenPair> pairs, string filter)
    {
        var names = filter.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var chosen = names.Length == 0
            ? pairs
            : [.. names.Select(name => pairs.FirstOrDefault(pair => pair.Answers(name))).OfType<KrakenPair>()];
        var unknown = names.Length > chosen.Count;
        return JsonBytes.Of(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("error");
            if (unknown)
            {
                json.WriteStringValue("EQuery:Unknown asset pair");
                json.WriteEndArray();
                json.WriteEndObject();
                return;
            }

            json.WriteEndArray();
            json.WriteStartObject("result");
            foreach (var pair in chosen)
            {
                pair.WriteAssetPair(json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    /// <summary>REST keeps the older asset code XBT.</summary>
    private static string RestAsset(string asset) => asset == "BTC" ? "XBT" : asset;

    private string AlternativeName => RestAsset(BaseAsset) + RestAsset(QuoteAsset);

    private bool Answers(string name) =>
        name == AlternativeName || name == Symbol || name == $"{RestAsset(BaseAsset)}/{RestAsset(QuoteAsset)}";

    /// <summary>As the venue prints increments: small ones with an exponent.</summary>
    private static string Increment(int decimals) =>
        decimals > 4 ? string.Create(CultureInfo.InvariantCulture, $"1e-{decimals:00}")
        : Pow10.Step(decimals);

    private void WriteInstrument(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("symbol", Symbol);
        json.WriteString("base", BaseAsset);
        json.WriteString("quote", QuoteAsset);
        json.WriteString("status", "online");
        json.WriteNumber("qty_precision", QuantityDecimals);
        json.WritePropertyName("qty_increment");
        json.WriteRawValue(Increment(QuantityDecimals));
        json.WriteNumber("price_precision", PriceDecimals);
        json.WritePropertyName("price_increment");
        json.WriteRawValue(Increment(PriceDecimals));
        json.WritePropertyName("qty_min");
        json.WriteRawValue(Increment(QuantityDecimals));
        json.WriteBoolean("marginable", false);
        json.WriteBoolean("has_index", true);
        json.WriteEndObject();
    }

    private void WriteAssetPair(Utf8JsonWriter json)
    {
        json.WriteStartObject(AlternativeName);
        json.WriteString("altname", AlternativeName);
        json.WriteString("wsname", $"{RestAsset(BaseAsset)}/{RestAsset(QuoteAsset)}");
        json.WriteString("aclass_base", "currency");
        json.WriteString("base", RestAsset(BaseAsset));
        json.WriteString("aclass_quote", "currency");
        json.WriteString("quote", RestAsset(QuoteAsset));
        json.WriteString("lot", "unit");
        json.WriteNumber("pair_decimals", PriceDecimals);
        json.WriteNumber("lot_decimals", QuantityDecimals);
        json.WriteNumber("lot_multiplier", 1);
        json.WriteString("ordermin", Pow10.Step(QuantityDecimals));
        json.WriteString("tick_size", Pow10.Step(PriceDecimals));
        json.WriteString("status", "online");
        json.WriteEndObject();
    }
}
