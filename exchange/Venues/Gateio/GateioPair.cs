using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
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

    /// <summary>The body of the list of pairs that can be traded on margin, which are those against USDT.</summary>
    public static byte[] MarginList(IEnumerable<GateioPair> pairs) => JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        foreach (var pair in pairs.Where(pair => pair.QuoteAsset == "USDT"))
        {
            json.WriteStartObject();
            json.WriteString("id", pair.Id);
            json.WriteString("base", pair.BaseAsset);
            json.WriteString("quote", pair.QuoteAsset);
            json.WriteNumber("leverage", 3);
            json.WriteString("min_base_amount", Pow10.Step(pair.QuantityDecimals));
            json.WriteString("min_quote_amount", "3");
            json.WriteString("max_quote_amount", "1000000");
            json.WriteNumber("status", 1);
            json.WriteEndObject();
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
