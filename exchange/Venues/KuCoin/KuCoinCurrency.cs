using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>The list of currencies.</summary>
internal static class KuCoinCurrency
{
    /// <summary>The body of currencies; money has no chains.</summary>
    public static byte[] List(IEnumerable<AssetProfile> assets) => KuCoinJson.Answer(json =>
    {
        json.WriteStartArray();
        foreach (var asset in assets)
        {
            json.WriteStartObject();
            json.WriteString("currency", asset.Code);
            json.WriteString("name", asset.Code);
            json.WriteString("fullName", asset.Name);
            json.WriteNumber("precision", asset.Decimals);
            json.WriteNull("confirms");
            json.WriteNull("contractAddress");
            json.WriteBoolean("isMarginEnabled", false);
            json.WriteBoolean("isDebitEnabled", false);
            json.WriteStartArray("chains");
            if (!asset.IsFiat)
            {
                WriteChain(json, asset);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteChain(Utf8JsonWriter json, AssetProfile asset)
    {
        json.WriteStartObject();
        json.WriteString("chainName", asset.Code);
        json.WriteString("withdrawalMinSize", "0.001");
        json.WriteString("depositMinSize", "0.0002");
        json.WriteString("withdrawFeeRate", "0");
        json.WriteString("withdrawalMinFee", "0.0005");
        json.WriteBoolean("isWithdrawEnabled", false);
        json.WriteBoolean("isDepositEnabled", false);
        json.WriteNumber("confirms", 2);
        json.WriteNumber("preConfirms", 2);
        json.WriteString("contractAddress", string.Empty);
        json.WriteNumber("withdrawPrecision", asset.Decimals);
        json.WriteNull("maxWithdraw");
        json.WriteNull("maxDeposit");
        json.WriteBoolean("needTag", false);
        json.WriteString("chainId", asset.Code.ToLowerInvariant());
        json.WriteEndObject();
    }
}
