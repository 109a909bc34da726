using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Feeds.Model;

namespace LowLatencyQuoter.Feeds.Venues.Kraken;

/// <summary>
/// The body of <c>GET /0/public/AssetPairs</c>: pair_decimals of prices, lot_decimals of quantities. Its wsname is the
/// v1 spelling (XBT/USD); v2 messages say BTC/USD (step 10).
/// </summary>
internal static class KrakenInstruments
{
    private const string What = "Kraken AssetPairs";

    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, What);
        var result = InstrumentList.Member(document.RootElement, "result", What);
        if (result.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"{What} has no object 'result'");
        }

        var found = new List<Precision>();
        foreach (var pair in result.EnumerateObject())
        {
            if (pair.Value.ValueKind == JsonValueKind.Object && pair.Value.TryGetProperty("wsname", out _))
            {
                var text = InstrumentList.Text(pair.Value, "wsname", What);
                var assets = text.Split('/');
                found.Add(new Precision(
                    assets.Length == 2 ? $"{AssetAliases.Common(assets[0])}/{AssetAliases.Common(assets[1])}" : text,
                    InstrumentList.Digits(pair.Value, "pair_decimals", What),
                    InstrumentList.Digits(pair.Value, "lot_decimals", What)));
            }
        }

        return found;
    }
}
