using System;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>
/// The limits that the Coinbase Advanced Trade dialect enforces, and which of the venue's ways it has.
/// </summary>
public sealed record CoinbaseAdvancedSettings
{
    /// <summary>
    /// Connections an address may open in a second; more are refused with 429. Default 8, the lower of the two bounds
    /// that the venue names.
    /// </summary>
    public int ConnectionsPerSecond { get; init; } = 8;

    /// <summary>Messages a client may send in a second; more are refused. Default 8.</summary>
    public int MessagesPerSecond { get; init; } = 8;

    /// <summary>A client that has subscribed to nothing for so long is cut off. Default 5 s.</summary>
    public TimeSpan SubscribeWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A connection on which nothing was sent for so long is closed. Default 75 s.</summary>
    public TimeSpan QuietMax { get; init; } = TimeSpan.FromSeconds(75);

    /// <summary>True to send snapshots before their acknowledgement, as the venue may. Default false.</summary>
    public bool SnapshotComesFirst { get; init; }

    /// <summary>
    /// Of the first connection after the start the message with this number is lost on the way; 0 (the default) for
    /// none.
    /// </summary>
    public int LosesMessage { get; init; }

    internal void Validate()
    {
        if (ConnectionsPerSecond < 1 || MessagesPerSecond < 1 || LosesMessage < 0 || SubscribeWithin <= TimeSpan.Zero
            || QuietMax <= TimeSpan.Zero)
        {
            throw new ExchangeConfigurationException(
                $"every limit of coinbase_advanced must be over zero, received {this}");
        }
    }
}
