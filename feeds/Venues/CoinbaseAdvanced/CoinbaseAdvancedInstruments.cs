using System;
using System.Collections.Generic;
using System.Text.Json;

namespace LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;

/// <summary>
/// The body of <c>GET /api/v3/brokerage/market/products</c>: price_increment of prices, or quote_increment where that
/// is missing, base_increment of quantities (step 10).
/// </summary>
internal static class CoinbaseAdvancedInstruments
{
    private const string What = "Coinbase Advanced Trade products";

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        var found = new List<Precision>();
        foreach (var product in InstrumentList.Array(document.RootElement, "products", What))
        {
            found.Add(new Precision(
                InstrumentList.Text(product, "product_id", What),
                InstrumentList.Decimals(PriceStep(product)),
                InstrumentList.Decimals(InstrumentList.Member(product, "base_increment", What))));
        }

        return found;
    }

    private static JsonElement PriceStep(JsonElement product) =>
        product.ValueKind == JsonValueKind.Object && product.TryGetProperty("price_increment", out var step)
            ? step
            : InstrumentList.Member(product, "quote_increment", What);
}
