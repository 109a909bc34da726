using System;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>The limits that the Crypto.com dialect enforces, and the venue's times.</summary>
public sealed record CryptocomSettings
{
    /// <summary>Requests that one socket may make in a second; more are refused with 42901. Default 100.</summary>
    public int RequestsPerSecond { get; init; } = 100;

    /// <summary>Channels of one socket; more are refused with 40107. Default 400.</summary>
    public int ChannelsPerSocket { get; init; } = 400;

    /// <summary>How long after the acknowledgement the snapshot comes. Default 1 s.</summary>
    public TimeSpan SnapshotDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often the server wants to be answered. Default 30 s.</summary>
    public TimeSpan HeartbeatPeriod { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An answer that takes longer does not count. Default 5 s.</summary>
    public TimeSpan AnswerMax { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so much silence a book gives a sign of life. Default 5 s.</summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromSeconds(5);

    internal void Validate()
    {
        if (RequestsPerSecond < 1 || ChannelsPerSocket < 1 || SnapshotDelay < TimeSpan.Zero
            || HeartbeatPeriod <= TimeSpan.Zero || AnswerMax <= TimeSpan.Zero || IdleMax <= TimeSpan.Zero)
        {
            throw new ExchangeConfigurationException($"every limit of cryptocom must be over zero, received {this}");
        }
    }
}
