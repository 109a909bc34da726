using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bitstamp;

/// <summary>One pair of the pair lists.</summary>
/// <param name="Symbol">For instance <c>btcusd</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USD</c>.</param>
/// <param name="PriceDecimals">Decimals of a price.</param>
/// <param name="QuantityDecimals">Decimals of an amount.</param>
internal sealed record BitstampPair(
    string Symbol, string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    /// <summary>The body of trading-pairs-info.</summary>
    public static byte[] TradingPairs(IEnumerable<BitstampPair> pairs) => JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        foreach (var pair in pairs)
        {
            json.WriteStartObject();
            json.WriteString("trading", "Enabled");
            json.WriteNumber("base_decimals", pair.QuantityDecimals);
            json.WriteString("url_symbol", pair.Symbol);
            json.WriteString("name", pair.Name);
            json.WriteString("instant_and_market_orders", "Enabled");
            json.WriteString("minimum_order", $"10.0 {pair.QuoteAsset}");
            json.WriteNumber("counter_decimals", pair.PriceDecimals);
            json.WriteString("description", pair.Name);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>The body of markets.</summary>
    public static byte[] Markets(IEnumerable<BitstampPair> pairs) => JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        foreach (var pair in pairs)
        {
            json.WriteStartObject();
            json.WriteString("name", pair.Name);
            json.WriteString("market_symbol", pair.Symbol);
            json.WriteString("base_currency", pair.BaseAsset);
            json.WriteNumber("base_decimals", pair.QuantityDecimals);
            json.WriteString("counter_currency", pair.QuoteAsset);
            json.WriteNumber("counter_decimals", pair.PriceDecimals);
            json.WriteString("minimum_order_value", "10");
            json.WriteString("trading", "Enabled");
            json.WriteString("instant_and_market_orders", "Enabled");
            json.WriteString("description", pair.Name);
            json.WriteString("market_type", "SPOT");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private string Name => $"{BaseAsset}/{QuoteAsset}";
}
