using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>One symbol of the list.</summary>
/// <param name="Symbol">For instance <c>BTC-USDT</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USDT</c>.</param>
/// <param name="PriceDecimals">The price increment is 10 to the minus this.</param>
/// <param name="QuantityDecimals">The base increment is 10 to the minus this.</param>
internal sealed record KuCoinSymbol(
    string Symbol, string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("symbol", Symbol);
        json.WriteString("name", $"{BaseAsset}-{QuoteAsset}");
        json.WriteString("baseCurrency", BaseAsset);
        json.WriteString("quoteCurrency", QuoteAsset);
        json.WriteString("feeCurrency", QuoteAsset);
        json.WriteString("market", QuoteAsset);
        json.WriteString("baseMinSize", Pow10.Step(QuantityDecimals));
        json.WriteString("quoteMinSize", "0.1");
        json.WriteString("baseMaxSize", "10000000000");
        json.WriteString("quoteMaxSize", "99999999");
        json.WriteString("baseIncrement", Pow10.Step(QuantityDecimals));
        json.WriteString("quoteIncrement", Pow10.Step(PriceDecimals));
        json.WriteString("priceIncrement", Pow10.Step(PriceDecimals));
        json.WriteString("priceLimitRate", "0.1");
        json.WriteString("minFunds", "0.1");
        json.WriteBoolean("isMarginEnabled", false);
        json.WriteBoolean("enableTrading", true);
        json.WriteEndObject();
    }
}
