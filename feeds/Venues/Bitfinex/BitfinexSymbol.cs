using LowLatencyQuoter.Feeds.Model;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>Pairs in Bitfinex's spelling (step 10): <c>tBTCUSD</c>, <c>tBTCUST</c>, <c>tAVAX:USD</c>.</summary>
internal static class BitfinexSymbol
{
    private const int ShortCode = 3;

    public static string Of(Pair pair)
    {
        var (first, second) = (Code(pair.Base), Code(pair.Quote));
        var separator = first.Length > ShortCode || second.Length > ShortCode ? ":" : "";
        return $"t{first}{separator}{second}";
    }

    /// <summary>The venue's own codes of assets that the common name does not give.</summary>
    private static string Code(string asset) => asset switch
    {
        "USDT" => "UST",
        "USDC" => "UDC",
        "DASH" => "DSH",
        "IOTA" => "IOT",
        "QTUM" => "QTM",
        _ => asset,
    };
}
