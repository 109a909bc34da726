namespace LowLatencyQuoter.Feeds.Model;

/// <summary>
/// Spellings of assets that mean the same asset. An explicit table: currencies that only resemble each other (USD,
/// USDT, USDC) are never put here.
/// </summary>
public static class AssetAliases
{
    /// <summary>The common spelling of an asset, in upper case.</summary>
    public static string Common(string asset) => asset.ToUpperInvariant() switch
    {
        "XBT" => "BTC",   // Kraken's REST and v1
        "XDG" => "DOGE",  // Kraken's REST and v1
        "UST" => "USDT",  // Bitfinex
        var other => other,
    };
}
