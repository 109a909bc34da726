namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>A symbol that occurs in a recording and the finest numbers shown of it.</summary>
/// <param name="Symbol">The venue's spelling.</param>
/// <param name="PriceDecimals">The most decimals of a price.</param>
/// <param name="QuantityDecimals">The most decimals of a size.</param>
internal sealed record ShownListing(string Symbol, int PriceDecimals, int QuantityDecimals)
{
    private static readonly string[] QuoteAssets =
        ["FDUSD", "USDT", "USDC", "TUSD", "BUSD", "USD", "EUR", "GBP", "CHF", "JPY", "TRY", "BTC", "ETH", "BNB", "PAX"];

    /// <summary>The two assets of the symbol, upper case; the quote asset is empty where it cannot be told.</summary>
    public (string BaseAsset, string QuoteAsset) Assets
    {
        get
        {
            var upper = Symbol.ToUpperInvariant();
            if (upper.Split('/', '-') is [var first, var second])
            {
                return (first, second);
            }

            foreach (var quote in QuoteAssets)
            {
                if (upper.Length > quote.Length && upper.EndsWith(quote, System.StringComparison.Ordinal))
                {
                    return (upper[..^quote.Length], quote);
                }
            }

            return (upper, string.Empty);
        }
    }
}
