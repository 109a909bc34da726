using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>One product of the list of products.</summary>
/// <param name="Id">For instance <c>BTC-USD</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USD</c>.</param>
/// <param name="PriceDecimals">Decimals of a price.</param>
/// <param name="QuantityDecimals">Decimals of a quantity.</param>
internal sealed record CoinbaseAdvancedProduct(
    string Id, string BaseAsset, string QuoteAsset, int PriceDecimals, int QuantityDecimals)
{
    /// <summary>The product of a listing.</summary>
    public static CoinbaseAdvancedProduct Of(Listing listing) => new(
        listing.Symbol,
        listing.Instrument.BaseAsset,
        listing.Instrument.QuoteAsset,
        listing.PriceDecimals,
        listing.QuantityDecimals);

    /// <summary>The body of <c>/api/v3/brokerage/market/products</c>.</summary>
    public static byte[] List(IReadOnlyCollection<CoinbaseAdvancedProduct> products) => JsonBytes.Of(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("products");
        foreach (var product in products)
        {
            json.WriteStartObject();
            json.WriteString("product_id", product.Id);
            json.WriteString("base_increment", Pow10.Step(product.QuantityDecimals));
            json.WriteString("quote_increment", Pow10.Step(product.PriceDecimals));
            json.WriteString("price_increment", Pow10.Step(product.PriceDecimals));
            json.WriteString("base_currency_id", product.BaseAsset);
            json.WriteString("quote_currency_id", product.QuoteAsset);
            json.WriteString("status", "online");
            json.WriteString("product_type", "SPOT");
            json.WriteBoolean("is_disabled", false);
            json.WriteBoolean("trading_disabled", false);
            json.WriteString("alias", string.Empty);
            json.WriteStartArray("alias_to");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("num_products", products.Count);
        json.WriteEndObject();
    });
}
