using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Feeds.Model;

namespace LowLatencyQuoter.Feeds.Venues.Kraken;

/// <summary>
/// The body of <c>GET /0/public/AssetPairs</c>: pair_decimals of prices, lot_decimals of quantities. Its wsname is the
/// v1 spelling (XBT/USD); v2 messages say BTC/USD.
/// </summary>
internal static class KrakenInstruments
{
    public static IEnumerable<Precision> Read(ReadOnlyMemory<byte> body)
    {
        using var document = InstrumentList.Parse(body, "Kraken AssetPairs");
        if (!document.RootElement.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("Kraken AssetPairs has no object 'result'");
        }

        var found = new List<Precision>();
        foreach (var pair in result.EnumerateObject())
        {
            if (pair.Value.TryGetProperty("wsname", out var name) && name.GetString() is { } text)
            {
                var assets = text.Split('/');
                found.Add(new Precision(
                    assets.Length == 2 ? $"{AssetAliases.Common(assets[0])}/{AssetAliases.Common(assets[1])}" : text,
                    pair.Value.GetProperty("pair_decimals").GetInt32(),
                    pair.Value.GetProperty("lot_decimals").GetInt32()));
            }
        }

        return found;
    }
}
