using System;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>The limits the Binance dialect enforces; the defaults are the venue's.</summary>
public sealed record BinanceLimits
{
    /// <summary>REST request weight an address may use in a minute. Default 6000.</summary>
    public int RequestWeightPerMinute { get; init; } = 6000;

    /// <summary>Requests refused with 429 in one minute before the address is banned (418). Default 10.</summary>
    public int RefusalsBeforeBan { get; init; } = 10;

    /// <summary>The first ban; each further one is twice as long, up to three days. Default 2 minutes.</summary>
    public TimeSpan FirstBan { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Messages a client may send in a second; more closes with 1008. Default 5.</summary>
    public int MessagesPerSecond { get; init; } = 5;

    /// <summary>Streams of one socket. Default 1024.</summary>
    public int StreamsPerSocket { get; init; } = 1024;

    /// <summary>The server pings this often. Default 20 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>A ping that stays unanswered this long cuts the socket. Default 1 minute.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromMinutes(1);

    internal void Validate()
    {
        if (RequestWeightPerMinute < 1 || RefusalsBeforeBan < 1 || MessagesPerSecond < 1 || StreamsPerSocket < 1
            || FirstBan <= TimeSpan.Zero || PingInterval <= TimeSpan.Zero || PingTimeout <= TimeSpan.Zero)
        {
            throw new ExchangeConfigurationException($"every limit of binance must be over zero, received {this}");
        }
    }
}
