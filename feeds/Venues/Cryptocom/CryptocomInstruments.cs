using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Venues.Cryptocom;

/// <summary>
/// The body of <c>GET public/get-instruments</c>: price_tick_size of prices, qty_tick_size of quantities (step 8).
/// </summary>
internal static class CryptocomInstruments
{
    private const string What = "Crypto.com get-instruments";

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        var result = InstrumentList.Member(document.RootElement, "result", What);
        var found = new List<Precision>();
        foreach (var instrument in InstrumentList.Array(result, "data", What))
        {
            found.Add(new Precision(
                InstrumentList.Text(instrument, "symbol", What),
                InstrumentList.Decimals(InstrumentList.Member(instrument, "price_tick_size", What)),
                InstrumentList.Decimals(InstrumentList.Member(instrument, "qty_tick_size", What))));
        }

        return found;
    }
}
