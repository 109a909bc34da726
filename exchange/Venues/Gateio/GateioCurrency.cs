using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>The list of currencies.</summary>
internal static class GateioCurrency
{
    /// <summary>The body of currencies; each has one chain of its own name.</summary>
    public static byte[] List(IEnumerable<AssetProfile> assets) => JsonBytes.Of(json =>
    {
        json.WriteStartArray();
        foreach (var asset in assets)
        {
            json.WriteStartObject();
            json.WriteString("currency", asset.Code);
            json.WriteString("name", asset.Name);
            json.WriteBoolean("delisted", false);
            json.WriteBoolean("withdraw_disabled", true);
            json.WriteBoolean("withdraw_delayed", false);
            json.WriteBoolean("deposit_disabled", true);
            json.WriteBoolean("trade_disabled", false);
            json.WriteString("chain", asset.Code);
            json.WriteStartArray("chains");
            json.WriteStartObject();
            json.WriteString("name", asset.Code);
            json.WriteString("addr", string.Empty);
            json.WriteBoolean("withdraw_disabled", true);
            json.WriteBoolean("withdraw_delayed", false);
            json.WriteBoolean("deposit_disabled", true);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
