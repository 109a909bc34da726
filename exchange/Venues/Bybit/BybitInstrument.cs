using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>One instrument of the list of instruments.</summary>
/// <param name="Symbol">For instance <c>BTCUSDT</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USDT</c>.</param>
/// <param name="PriceDecimals">Decimals of a price.</param>
/// <param name="QuantityDecimals">Decimals of a size.</param>
internal sealed record BybitInstrument(
    string Symbol, string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    /// <summary>The body of instruments-info.</summary>
    public static byte[] List(string category, IEnumerable<BybitInstrument> instruments, long milliseconds) =>
        JsonBytes.Of(json =>
        {
            BybitEnvelope.Begin(json, 0, "OK");
            json.WriteString("category", category);
            json.WriteStartArray("list");
            foreach (var instrument in instruments)
            {
                instrument.Write(json);
            }

            json.WriteEndArray();
            BybitEnvelope.End(json, milliseconds);
        });

    private void Write(Utf8JsonWriter json)
    {
        var lot = Pow10.Step(QuantityDecimals);
        json.WriteStartObject();
        json.WriteString("symbol", Symbol);
        json.WriteString("baseCoin", BaseAsset);
        json.WriteString("quoteCoin", QuoteAsset);
        json.WriteString("innovation", "0");
        json.WriteString("status", "Trading");
        json.WriteString("marginTrading", "none");
        json.WriteStartObject("lotSizeFilter");
        json.WriteString("basePrecision", lot);
        json.WriteString("quotePrecision", Pow10.Step(8));
        json.WriteString("minOrderQty", lot);
        json.WriteString("maxOrderQty", "1000000");
        json.WriteString("minOrderAmt", "1");
        json.WriteString("maxOrderAmt", "4000000");
        json.WriteEndObject();
        json.WriteStartObject("priceFilter");
        json.WriteString("tickSize", Pow10.Step(PriceDecimals));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
