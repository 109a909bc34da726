using System;
using System.Collections.Generic;
using System.Text.Json;

namespace LowLatencyQuoter.Feeds.Venues.Coinbase;

/// <summary>The body of <c>GET /products</c>: quote_increment of prices, base_increment of sizes (step 10).</summary>
internal static class CoinbaseInstruments
{
    private const string What = "Coinbase products";

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{What} is not an array");
        }

        var found = new List<Precision>();
        foreach (var product in document.RootElement.EnumerateArray())
        {
            found.Add(new Precision(
                InstrumentList.Text(product, "id", What),
                InstrumentList.Decimals(InstrumentList.Member(product, "quote_increment", What)),
                InstrumentList.Decimals(InstrumentList.Member(product, "base_increment", What))));
        }

        return found;
    }
}
