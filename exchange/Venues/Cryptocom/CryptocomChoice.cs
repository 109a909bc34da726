using System;
using System.Globalization;
using System.Text.Json;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>How a request wants its books.</summary>
/// <param name="Type">SNAPSHOT, or SNAPSHOT_AND_UPDATE; SNAPSHOT when the request does not say.</param>
/// <param name="Frequency">Milliseconds between updates.</param>
internal sealed record CryptocomChoice(string Type, int Frequency)
{
    public bool IsWhole => Type == "SNAPSHOT";

    public static CryptocomChoice Read(JsonElement parameters)
    {
        var type = parameters.TryGetProperty("book_subscription_type", out var found) ? found.ToString() : "SNAPSHOT";
        var frequency = parameters.TryGetProperty("book_update_frequency", out found)
            && int.TryParse(found.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                ? given
                : 10;
        return new CryptocomChoice(type, frequency);
    }

    /// <summary>The time between two pushes; null for what the venue does not offer with a depth.</summary>
    public TimeSpan? PeriodOf(int depth) => (IsWhole, depth, Frequency) switch
    {
        (true, 10 or 50 or 150, _) => TimeSpan.FromMilliseconds(500),   // whatever frequency is asked for
        (false, 10 or 50, 10 or 100) => TimeSpan.FromMilliseconds(Frequency),
        _ => null,
    };
}
