using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>One instrument of the list of instruments.</summary>
/// <param name="Symbol">For instance <c>BTC_USDT</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USDT</c>.</param>
/// <param name="PriceDecimals">Decimals of a price.</param>
/// <param name="QuantityDecimals">Decimals of a quantity.</param>
internal sealed record CryptocomInstrument(
    string Symbol, string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    /// <summary>The body of public/get-instruments.</summary>
    public static byte[] List(IEnumerable<CryptocomInstrument> instruments) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("id", -1);
        json.WriteString("method", "public/get-instruments");
        json.WriteNumber("code", 0);
        json.WriteStartObject("result");
        json.WriteStartArray("data");
        foreach (var instrument in instruments)
        {
            instrument.Write(json);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("symbol", Symbol);
        json.WriteString("inst_type", "CCY_PAIR");
        json.WriteString("display_name", $"{BaseAsset}/{QuoteAsset}");
        json.WriteString("base_ccy", BaseAsset);
        json.WriteString("quote_ccy", QuoteAsset);
        json.WriteNumber("quote_decimals", PriceDecimals);
        json.WriteNumber("quantity_decimals", QuantityDecimals);
        json.WriteString("price_tick_size", Pow10.Step(PriceDecimals));
        json.WriteString("qty_tick_size", Pow10.Step(QuantityDecimals));
        json.WriteString("max_leverage", "50");
        json.WriteBoolean("tradable", true);
        json.WriteNumber("expiry_timestamp_ms", 0);
        json.WriteBoolean("beta_product", false);
        json.WriteBoolean("margin_buy_enabled", false);
        json.WriteBoolean("margin_sell_enabled", false);
        json.WriteEndObject();
    }
}
