using System;
using System.Collections.Generic;
using System.Text.Json;

namespace LowLatencyQuoter.Feeds.Venues.Bitstamp;

/// <summary>
/// The body of <c>GET /api/v2/trading-pairs-info/</c>: counter_decimals of prices, base_decimals of amounts (step 9).
/// </summary>
internal static class BitstampInstruments
{
    private const string What = "Bitstamp trading-pairs-info";

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"{What} is not an array");
        }

        var found = new List<Precision>();
        foreach (var pair in document.RootElement.EnumerateArray())
        {
            found.Add(new Precision(
                InstrumentList.Text(pair, "url_symbol", What),
                InstrumentList.Digits(pair, "counter_decimals", What),
                InstrumentList.Digits(pair, "base_decimals", What)));
        }

        return found;
    }
}
