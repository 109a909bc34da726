using System;
using System.Globalization;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>Times as Coinbase Advanced Trade prints them, to the nanosecond.</summary>
internal static class CoinbaseAdvancedTime
{
    /// <summary>For instance <c>2023-02-09T20:32:50.714964800Z</c>.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'00Z'", CultureInfo.InvariantCulture);

    /// <summary>For instance <c>2023-02-09 20:32:50.714964800 +0000 UTC</c>, as in heartbeats.</summary>
    public static string Spaced(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffffff'00 +0000 UTC'", CultureInfo.InvariantCulture);
}
