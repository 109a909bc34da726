using System.Globalization;

namespace LowLatencyQuoter.Feeds.Tardis;

/// <summary>Whose rows follow and of when: what the rows of one message have in common.</summary>
internal readonly struct TardisMoment
{
    /// <summary>Notes it; where the venue states no time, that of the receipt stands in its place.</summary>
    /// <param name="venue">Our name of the venue.</param>
    /// <param name="symbol">In the venue's spelling.</param>
    /// <param name="venueNanos">The venue's time, nanoseconds of Unix time; 0: not stated.</param>
    /// <param name="receivedNanos">When it was received, likewise.</param>
    public TardisMoment(string venue, string symbol, long venueNanos, long receivedNanos)
    {
        var received = receivedNanos / 1_000;
        var stated = venueNanos == 0 ? received : venueNanos / 1_000;
        Prefix = string.Create(CultureInfo.InvariantCulture, $"{NameOf(venue)},{symbol},{stated},{received},");
    }

    /// <summary>The first four columns with their commas.</summary>
    public string Prefix { get; }

    /// <summary>Tools tell the venue by Tardis' own name of it.</summary>
    private static string NameOf(string venue) => venue switch
    {
        "coinbase_advanced" => "coinbase",
        "okx" => "okex",
        "bybit" => "bybit-spot",
        "gateio" => "gate-io",
        "cryptocom" => "crypto-com",
        _ => venue,
    };
}
