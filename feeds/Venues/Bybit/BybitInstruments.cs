using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Venues.Bybit;

/// <summary>
/// The body of <c>GET /v5/market/instruments-info?category=spot</c>: priceFilter.tickSize, lotSizeFilter.basePrecision
/// (step 10). It comes on one page.
/// </summary>
internal static class BybitInstruments
{
    private const string What = "Bybit instruments-info";

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        var result = InstrumentList.Member(document.RootElement, "result", What);
        var found = new List<Precision>();
        foreach (var instrument in InstrumentList.Array(result, "list", What))
        {
            var price = InstrumentList.Member(instrument, "priceFilter", What);
            var quantity = InstrumentList.Member(instrument, "lotSizeFilter", What);
            found.Add(new Precision(
                InstrumentList.Text(instrument, "symbol", What),
                InstrumentList.Decimals(InstrumentList.Member(price, "tickSize", What)),
                InstrumentList.Decimals(InstrumentList.Member(quantity, "basePrecision", What))));
        }

        return found;
    }
}
