using System;
using System.Globalization;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>Times as Kraken prints them.</summary>
internal static class KrakenTime
{
    /// <summary>For instance <c>2026-08-01T02:53:53.184174Z</c>.</summary>
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
