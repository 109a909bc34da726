using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Venues.KuCoin;

/// <summary>
/// The body of <c>GET /api/v2/symbols</c>: priceIncrement of prices, baseIncrement of sizes (step 12). The messages'
/// spelling is <c>symbol</c>; <c>name</c> may differ from it.
/// </summary>
internal static class KuCoinInstruments
{
    private const string What = "KuCoin symbols";

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        var found = new List<Precision>();
        foreach (var symbol in InstrumentList.Array(document.RootElement, "data", What))
        {
            found.Add(new Precision(
                InstrumentList.Text(symbol, "symbol", What),
                InstrumentList.Decimals(InstrumentList.Member(symbol, "priceIncrement", What)),
                InstrumentList.Decimals(InstrumentList.Member(symbol, "baseIncrement", What))));
        }

        return found;
    }
}
