using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>The list of currencies.</summary>
internal static class CoinbaseCurrency
{
    /// <summary>The body of <c>/currencies</c>.</summary>
    public static byte[] List(IEnumerable<AssetProfile> assets) => JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        foreach (var asset in assets)
        {
            Write(json, asset);
        }

        json.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter json, AssetProfile asset)
    {
        var least = Pow10.Step(asset.Decimals);
        json.WriteStartObject();
        json.WriteString("id", asset.Code);
        json.WriteString("name", asset.Name);
        json.WriteString("min_size", least);
        json.WriteString("status", "online");
        json.WriteString("message", string.Empty);
        json.WriteString("max_precision", least);
        json.WriteStartArray("convertible_to");
        json.WriteEndArray();
        json.WriteStartObject("details");
        json.WriteString("type", asset.IsFiat ? "fiat" : "crypto");
        json.WriteEndObject();
        json.WriteString("default_network", string.Empty);
        json.WriteStartArray("supported_networks");
        json.WriteEndArray();
        json.WriteString("display_name", asset.Code);
        json.WriteEndObject();
    }
}
