using System;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>The limits the KuCoin dialect enforces; the defaults are the venue's.</summary>
public sealed record KuCoinLimits
{
    /// <summary>REST request weight an address may use in 30 s. Default 2000.</summary>
    public int RequestWeightPerHalfMinute { get; init; } = 2000;

    /// <summary>Messages a client may send in 10 s; more are refused with error 509. Default 100.</summary>
    public int MessagesPerTenSeconds { get; init; } = 100;

    /// <summary>Symbols of one subscription. Default 100.</summary>
    public int SymbolsPerTopic { get; init; } = 100;

    /// <summary>Topics, a symbol each, of one session. Default 300.</summary>
    public int TopicsPerSession { get; init; } = 300;

    /// <summary>What the token says: how often the client pings. Default 18 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(18);

    /// <summary>A client that says nothing for so long is closed. Default 60 s.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a token that nobody used stays good. Default 24 h.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(24);

    internal void Validate()
    {
        if (RequestWeightPerHalfMinute < 1 || MessagesPerTenSeconds < 1 || SymbolsPerTopic < 1 || TopicsPerSession < 1
            || PingInterval < TimeSpan.FromMilliseconds(1) || SilenceMax <= TimeSpan.Zero || TokenLife <= TimeSpan.Zero)
        {
            throw new ExchangeConfigurationException($"every limit of kucoin must be over zero, received {this}");
        }
    }
}
