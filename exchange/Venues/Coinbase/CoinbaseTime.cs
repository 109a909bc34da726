using System;
using System.Globalization;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>Times as Coinbase Exchange prints them.</summary>
internal static class CoinbaseTime
{
    /// <summary>For instance <c>2023-08-15T05:27:09.050131Z</c>.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
