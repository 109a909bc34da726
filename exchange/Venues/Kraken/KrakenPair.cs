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
        foreach (var asset in KrakenAsset.Of(pairs))
        {
            json.WriteStartObject();
            json.WriteString("id", asset.Code);
            json.WriteString("status", "enabled");
            json.WriteNumber("precision", asset.Decimals);
            json.WriteNumber("precision_display", asset.DisplayDecimals);
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
        return names.Length > chosen.Count
            ? KrakenRest.Error("EQuery:Unknown asset pair")
            : KrakenRest.Result(json =>
            {
                foreach (var pair in chosen)
                {
                    pair.WriteAssetPair(json);
                }
            });
    }

    /// <summary>
    /// The key of the pair in REST answers: with the four-letter codes where both assets have one (<c>XXBTZUSD</c>),
    /// else the alternative name (<c>XBTUSDT</c>).
    /// </summary>
    public string RestId
    {
        get
        {
            var (code, priced) = (KrakenAsset.RestId(BaseAsset), KrakenAsset.RestId(QuoteAsset));
            return code != KrakenAsset.RestName(BaseAsset) && priced != KrakenAsset.RestName(QuoteAsset)
                ? code + priced
                : AlternativeName;
        }
    }

    private string AlternativeName => KrakenAsset.RestName(BaseAsset) + KrakenAsset.RestName(QuoteAsset);

    private string OlderSymbol => $"{KrakenAsset.RestName(BaseAsset)}/{KrakenAsset.RestName(QuoteAsset)}";

    /// <summary>Whether REST requests may call the pair so.</summary>
    public bool Answers(string name) =>
        name == RestId || name == AlternativeName || name == OlderSymbol || name == Symbol;

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
        json.WriteStartObject(RestId);
        json.WriteString("altname", AlternativeName);
        json.WriteString("wsname", OlderSymbol);
        json.WriteString("aclass_base", "currency");
        json.WriteString("base", KrakenAsset.RestId(BaseAsset));
        json.WriteString("aclass_quote", "currency");
        json.WriteString("quote", KrakenAsset.RestId(QuoteAsset));
        json.WriteString("lot", "unit");
        json.WriteNumber("pair_decimals", PriceDecimals);
        json.WriteNumber("lot_decimals", QuantityDecimals);
        json.WriteNumber("lot_multiplier", 1);
        json.WriteStartArray("leverage_buy");
        json.WriteEndArray();
        json.WriteStartArray("leverage_sell");
        json.WriteEndArray();
        json.WritePropertyName("fees");
        json.WriteRawValue("[[0,0.4]]");
        json.WritePropertyName("fees_maker");
        json.WriteRawValue("[[0,0.25]]");
        json.WriteString("fee_volume_currency", "ZUSD");
        json.WriteString("ordermin", Pow10.Step(QuantityDecimals));
        json.WriteString("tick_size", Pow10.Step(PriceDecimals));
        json.WriteString("status", "online");
        json.WriteEndObject();
    }
}
