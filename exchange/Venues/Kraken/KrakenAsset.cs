using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>One asset of the instrument channel and of Assets.</summary>
/// <param name="Code">The v2 spelling, for instance <c>BTC</c>.</param>
/// <param name="Decimals">Decimals that are kept.</param>
/// <param name="DisplayDecimals">Decimals that are shown.</param>
internal sealed record KrakenAsset(string Code, int Decimals, int DisplayDecimals)
{
    /// <summary>Every asset of the pairs, once each.</summary>
    public static IReadOnlyList<KrakenAsset> Of(IReadOnlyList<KrakenPair> pairs) =>
    [
        .. pairs.SelectMany(pair => new[] { pair.BaseAsset, pair.QuoteAsset })
            .Distinct()
            .Select(code => code is "USD" or "EUR" ? new KrakenAsset(code, 4, 2) : new KrakenAsset(code, 10, 5)),
    ];

    /// <summary>The key of REST answers: the oldest assets have four letters, coins with X, money with Z.</summary>
    public static string RestId(string code) => code switch
    {
        "BTC" or "ETH" or "XRP" => "X" + RestName(code),
        "USD" or "EUR" => "Z" + code,
        _ => code,
    };

    /// <summary>The name in REST answers, which keep the older code XBT.</summary>
    public static string RestName(string code) => code == "BTC" ? "XBT" : code;

    /// <summary>The REST body; asks for all assets when the filter is empty.</summary>
    public static byte[] Assets(IReadOnlyList<KrakenPair> pairs, string filter)
    {
        var names = filter.Split(',', System.StringSplitOptions.RemoveEmptyEntries);
        var chosen = Of(pairs).Where(
            asset => names.Length == 0 || names.Contains(RestId(asset.Code)) || names.Contains(RestName(asset.Code)));
        var found = chosen.ToList();
        return names.Length > found.Count
            ? KrakenRest.Error("EQuery:Unknown asset")
            : KrakenRest.Result(json =>
            {
                foreach (var asset in found)
                {
                    asset.Write(json);
                }
            });
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject(RestId(Code));
        json.WriteString("aclass", "currency");
        json.WriteString("altname", RestName(Code));
        json.WriteNumber("decimals", Decimals);
        json.WriteNumber("display_decimals", DisplayDecimals);
        json.WriteString("status", "enabled");
        json.WriteEndObject();
    }
}
