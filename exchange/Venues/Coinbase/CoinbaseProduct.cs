using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>One product of the list of products.</summary>
/// <param name="Id">For instance <c>BTC-USD</c>.</param>
/// <param name="BaseAsset">For instance <c>BTC</c>.</param>
/// <param name="QuoteAsset">For instance <c>USD</c>.</param>
/// <param name="PriceDecimals">Decimals of a price.</param>
/// <param name="SizeDecimals">Decimals of a size.</param>
internal sealed record CoinbaseProduct(
    string Id, string BaseAsset, string QuoteAsset, int PriceDecimals, int SizeDecimals)
{
    /// <summary>The product of a listing.</summary>
    public static CoinbaseProduct Of(Listing listing) => new(
        listing.Symbol,
        listing.Instrument.BaseAsset,
        listing.Instrument.QuoteAsset,
        listing.PriceDecimals,
        listing.QuantityDecimals);

    /// <summary>The body of <c>/products</c>.</summary>
    public static byte[] List(IEnumerable<CoinbaseProduct> products) => JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        foreach (var product in products)
        {
            json.WriteStartObject();
            json.WriteString("id", product.Id);
            json.WriteString("base_currency", product.BaseAsset);
            json.WriteString("quote_currency", product.QuoteAsset);
            json.WriteString("quote_increment", Pow10.Step(product.PriceDecimals));
            json.WriteString("base_increment", Pow10.Step(product.SizeDecimals));
            json.WriteString("display_name", $"{product.BaseAsset}-{product.QuoteAsset}");
            json.WriteString("min_market_funds", "1");
            json.WriteBoolean("post_only", false);
            json.WriteBoolean("limit_only", false);
            json.WriteBoolean("cancel_only", false);
            json.WriteString("status", "online");
            json.WriteString("status_message", string.Empty);
            json.WriteBoolean("trading_disabled", false);
            json.WriteBoolean("auction_mode", false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
