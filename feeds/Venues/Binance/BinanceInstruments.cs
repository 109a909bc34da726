using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// The body of <c>GET /api/v3/exchangeInfo</c>: tickSize of PRICE_FILTER, stepSize of LOT_SIZE (step 9).
/// </summary>
internal static class BinanceInstruments
{
    private const string What = "Binance exchangeInfo";

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        var found = new List<Precision>();
        foreach (var symbol in InstrumentList.Array(document.RootElement, "symbols", What))
        {
            var price = 0;
            var quantity = 0;
            foreach (var filter in InstrumentList.Array(symbol, "filters", What))
            {
                switch (InstrumentList.Text(filter, "filterType", What))
                {
                    case "PRICE_FILTER":
                        price = InstrumentList.Decimals(InstrumentList.Member(filter, "tickSize", What));
                        break;
                    case "LOT_SIZE":
                        quantity = InstrumentList.Decimals(InstrumentList.Member(filter, "stepSize", What));
                        break;
                }
            }

            found.Add(new Precision(InstrumentList.Text(symbol, "symbol", What), price, quantity));
        }

        return found;
    }
}
