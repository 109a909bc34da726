using System;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>The limits that the Bitfinex dialect enforces, and which of the venue's ways it has.</summary>
public sealed record BitfinexSettings
{
    /// <summary>Connections an address may open in a minute; more are refused with 429. Default 20.</summary>
    public int ConnectionsPerMinute { get; init; } = 20;

    /// <summary>Channels of one socket; more are refused with 10305. Default 30.</summary>
    public int ChannelsPerSocket { get; init; } = 30;

    /// <summary>How often each channel gives a sign of life. Default 15 s.</summary>
    public TimeSpan HeartbeatPeriod { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a socket may be without a subscription. Default 60 s.</summary>
    public TimeSpan IdleMax { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// True to send a sign of life for a channel before its <c>subscribed</c>, as was seen. Default false.
    /// </summary>
    public bool HeartbeatComesFirst { get; init; }

    /// <summary>
    /// A number of each socket's frames that is left out, as if a frame were lost; 0 (the default): none.
    /// </summary>
    public int SkippedSequence { get; init; }

    /// <summary>How long after the start a maintenance begins; zero (the default): never.</summary>
    public TimeSpan MaintenanceAfter { get; init; }

    /// <summary>How long it lasts. Default 120 s, the venue's longest.</summary>
    public TimeSpan MaintenanceFor { get; init; } = TimeSpan.FromSeconds(120);

    internal void Validate()
    {
        if (ConnectionsPerMinute < 1 || ChannelsPerSocket < 1 || HeartbeatPeriod <= TimeSpan.Zero
            || IdleMax <= TimeSpan.Zero || SkippedSequence < 0 || MaintenanceAfter < TimeSpan.Zero
            || MaintenanceFor <= TimeSpan.Zero)
        {
            throw new ExchangeConfigurationException($"every limit of bitfinex must be over zero, received {this}");
        }
    }
}
