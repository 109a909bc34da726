using System;
using System.Collections.Generic;
using System.Text.Json;

namespace LowLatencyQuoter.Feeds.Venues.Gateio;

/// <summary>
/// The body of <c>GET /api/v4/spot/currency_pairs</c>: precision of prices, amount_precision of amounts (step 13).
/// </summary>
internal static class GateioInstruments
{
    private const string What = "Gate currency_pairs";

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
                InstrumentList.Text(pair, "id", What),
                InstrumentList.Digits(pair, "precision", What),
                InstrumentList.Digits(pair, "amount_precision", What)));
        }

        return found;
    }
}
