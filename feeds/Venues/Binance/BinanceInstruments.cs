using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>The body of <c>GET /api/v3/exchangeInfo</c>: tickSize of PRICE_FILTER, stepSize of LOT_SIZE.</summary>
internal static class BinanceInstruments
{
    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, "Binance exchangeInfo");
        var found = new List<Precision>();
        foreach (var symbol in InstrumentList.Array(document.RootElement, "symbols", "Binance exchangeInfo"))
        {
            var price = 0;
            var quantity = 0;
            foreach (var filter in symbol.GetProperty("filters").EnumerateArray())
            {
                switch (filter.GetProperty("filterType").GetString())
                {
                    case "PRICE_FILTER":
                        price = InstrumentList.Decimals(filter.GetProperty("tickSize"));
                        break;
                    case "LOT_SIZE":
                        quantity = InstrumentList.Decimals(filter.GetProperty("stepSize"));
                        break;
                }
            }

            found.Add(new Precision(symbol.GetProperty("symbol").GetString()!, price, quantity));
        }

        return found;
    }
}
