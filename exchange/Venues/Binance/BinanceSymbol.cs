using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>One symbol of exchangeInfo.</summary>
/// <param name="Symbol">For instance <c>BTCUSDT</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USDT</c>.</param>
/// <param name="PriceDecimals">The tick is 10 to the minus this.</param>
/// <param name="QuantityDecimals">The step is 10 to the minus this.</param>
internal sealed record BinanceSymbol(
    string Symbol, string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    /// <summary>Writes the body of exchangeInfo.</summary>
    public static void WriteExchangeInfo(
        Utf8JsonWriter json, long milliseconds, int weightPerMinute, IEnumerable<BinanceSymbol> symbols)
    {
        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", milliseconds);
        json.WriteStartArray("rateLimits");
        WriteRateLimit(json, "REQUEST_WEIGHT", 1, weightPerMinute);
        WriteRateLimit(json, "RAW_REQUESTS", 5, 300_000);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        foreach (var symbol in symbols)
        {
            symbol.Write(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRateLimit(Utf8JsonWriter json, string type, int minutes, int limit)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType", type);
        json.WriteString("interval", "MINUTE");
        json.WriteNumber("intervalNum", minutes);
        json.WriteNumber("limit", limit);
        json.WriteEndObject();
    }

    private static string Step(int decimals) =>
        (1m / Pow10.Decimal(decimals)).ToString("F8", CultureInfo.InvariantCulture);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("symbol", Symbol);
        json.WriteString("status", "TRADING");
        json.WriteString("baseAsset", BaseAsset);
        json.WriteNumber("baseAssetPrecision", BinanceVenue.PrintedDecimals);
        json.WriteString("quoteAsset", QuoteAsset);
        json.WriteNumber("quotePrecision", BinanceVenue.PrintedDecimals);
        json.WriteNumber("quoteAssetPrecision", BinanceVenue.PrintedDecimals);
        json.WriteBoolean("isSpotTradingAllowed", true);
        json.WriteStartArray("filters");
        var (tick, step) = (Step(PriceDecimals), Step(QuantityDecimals));
        WriteFilter(json, "PRICE_FILTER", ("minPrice", tick), ("maxPrice", "1000000.00000000"), ("tickSize", tick));
        WriteFilter(json, "LOT_SIZE", ("minQty", step), ("maxQty", "9000.00000000"), ("stepSize", step));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFilter(Utf8JsonWriter json, string type, params (string Name, string Value)[] members)
    {
        json.WriteStartObject();
        json.WriteString("filterType", type);
        foreach (var (name, value) in members)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}
