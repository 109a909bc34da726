using System;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>The limits that the Bybit dialect enforces, and which of the venue's ways it has.</summary>
public sealed record BybitSettings
{
    /// <summary>Connections an address may open in five minutes; more are refused with 429. Default 500.</summary>
    public int ConnectionsPerFiveMinutes { get; init; } = 500;

    /// <summary>Topics in one request; a request with more is refused. Default 10.</summary>
    public int TopicsPerRequest { get; init; } = 10;

    /// <summary>Characters of all topics of one socket. Default 21,000.</summary>
    public int TopicCharacters { get; init; } = 21_000;

    /// <summary>A client that says nothing for so long is cut off. Default 10 minutes.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>True to send snapshots before their acknowledgement, as the venue may. Default false.</summary>
    public bool SnapshotComesFirst { get; init; }

    /// <summary>
    /// After so many deltas of a topic comes a snapshot with <c>u</c> = 1, as after a restart of the service; 0 (the
    /// default) for never.
    /// </summary>
    public int RestartsAfter { get; init; }

    internal void Validate()
    {
        if (ConnectionsPerFiveMinutes < 1 || TopicsPerRequest < 1 || TopicCharacters < 1 || RestartsAfter < 0
            || SilenceMax <= TimeSpan.Zero)
        {
            throw new ExchangeConfigurationException($"every limit of bybit must be over zero, received {this}");
        }
    }
}
