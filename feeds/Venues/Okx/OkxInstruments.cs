using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Feeds.Venues.Okx;

/// <summary>
/// The body of <c>GET /api/v5/public/instruments</c>: tickSz of prices, lotSz of sizes (step 10). Instruments that are
/// announced and not yet traded have empty sizes; they are left out.
/// </summary>
internal static class OkxInstruments
{
    private const string What = "OKX instruments";

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        var found = new List<Precision>();
        foreach (var instrument in InstrumentList.Array(document.RootElement, "data", What))
        {
            if (InstrumentList.Text(instrument, "tickSz", What).Length != 0)
            {
                found.Add(new Precision(
                    InstrumentList.Text(instrument, "instId", What),
                    InstrumentList.Decimals(InstrumentList.Member(instrument, "tickSz", What)),
                    InstrumentList.Decimals(InstrumentList.Member(instrument, "lotSz", What))));
            }
        }

        return found;
    }
}
