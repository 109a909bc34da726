using System;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>The limits that the Coinbase Exchange dialect enforces, and which of the venue's ways it has.</summary>
public sealed record CoinbaseSettings
{
    /// <summary>
    /// Connections an address may open in two and a half seconds; more are refused with 429. Default 20: the venue's
    /// 8 a second and 20 at once.
    /// </summary>
    public int ConnectionBurst { get; init; } = 20;

    /// <summary>Messages a client may send in a second; more are refused. Default 100.</summary>
    public int MessagesPerSecond { get; init; } = 100;

    /// <summary>A client that has subscribed to nothing for so long is cut off. Default 5 s.</summary>
    public TimeSpan SubscribeWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>True to send snapshots before their acknowledgement, as the venue may. Default false.</summary>
    public bool SnapshotComesFirst { get; init; }

    /// <summary>The account whose signature opens the channels that need one.</summary>
    public CoinbaseAccount Account { get; init; } = new();

    internal void Validate()
    {
        if (ConnectionBurst < 1 || MessagesPerSecond < 1 || SubscribeWithin <= TimeSpan.Zero)
        {
            throw new ExchangeConfigurationException($"every limit of coinbase must be over zero, received {this}");
        }
    }
}
