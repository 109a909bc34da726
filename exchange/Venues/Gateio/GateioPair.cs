using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>One pair of the list.</summary>
/// <param name="Id">For instance <c>BTC_USDT</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USDT</c>.</param>
/// <param name="PriceDecimals">Declared decimals of a price.</param>
/// <param name="QuantityDecimals">Declared decimals of an amount.</param>
internal sealed record GateioPair(
    string Id, string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    /// <summary>The body of currency_pairs.</summary>
    public static byte[] List(IEnumerable<GateioPair> pairs) => JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        foreach (var pair in pairs)
        {
            pair.Write(json);
        }

        json.WriteEndArray();
    });

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("base", BaseAsset);
        json.WriteString("quote", QuoteAsset);
        json.WriteString("fee", "0.2");
        json.WriteString("min_quote_amount", "3");
        json.WriteNumber("amount_precision", QuantityDecimals);
        json.WriteNumber("precision", PriceDecimals);
        json.WriteString("trade_status", "tradable");
        json.WriteNumber("sell_start", 0);
        json.WriteNumber("buy_start", 0);
        json.WriteEndObject();
    }
}
