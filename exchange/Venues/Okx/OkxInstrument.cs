using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>One instrument of the list of instruments.</summary>
/// <param name="Symbol">For instance <c>BTC-USDT</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USDT</c>.</param>
/// <param name="PriceDecimals">Decimals of a price.</param>
/// <param name="QuantityDecimals">Decimals of a size.</param>
internal sealed record OkxInstrument(
    string Symbol, string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    /// <summary>The body of public/instruments.</summary>
    public static byte[] List(IEnumerable<OkxInstrument> instruments) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteString("code", "0");
        json.WriteStartArray("data");
        foreach (var instrument in instruments)
        {
            instrument.Write(json);
        }

        json.WriteEndArray();
        json.WriteString("msg", string.Empty);
        json.WriteEndObject();
    });

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var name in (string[])["alias", "ctMult", "ctType", "ctVal", "ctValCcy", "expTime", "optType",
            "settleCcy", "stk", "uly", "instFamily"])
        {
            json.WriteString(name, string.Empty);       // only derivatives have these
        }

        json.WriteString("baseCcy", BaseAsset);
        json.WriteString("category", "1");
        json.WriteString("instId", Symbol);
        json.WriteString("instType", "SPOT");
        json.WriteString("lever", string.Empty);
        json.WriteString("listTime", "1548133413000");
        json.WriteString("lotSz", Pow10.Step(QuantityDecimals));
        json.WriteString("maxLmtSz", "9999999999");
        json.WriteString("maxMktSz", "1000000");
        json.WriteString("minSz", Pow10.Step(QuantityDecimals));
        json.WriteString("quoteCcy", QuoteAsset);
        json.WriteString("state", "live");
        json.WriteString("tickSz", Pow10.Step(PriceDecimals));
        json.WriteEndObject();
    }
}
