using System;
using System.Collections.Generic;
using System.Text.Json;

namespace LowLatencyQuoter.Feeds.Venues.Bitstamp;

/// <summary>The body of <c>GET /api/v2/trading-pairs-info/</c>: counter_decimals of prices, base_decimals of amounts.</summary>
internal static class BitstampInstruments
{
    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, "Bitstamp trading-pairs-info");
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("Bitstamp trading-pairs-info is not an array");
        }

        var found = new List<Precision>();
        foreach (var pair in document.RootElement.EnumerateArray())
        {
            found.Add(new Precision(
                pair.GetProperty("url_symbol").GetString()!,
                pair.GetProperty("counter_decimals").GetInt32(),
                pair.GetProperty("base_decimals").GetInt32()));
        }

        return found;
    }
}
