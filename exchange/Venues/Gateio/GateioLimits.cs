using System;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>The limits the Gate dialect enforces; the defaults are the venue's.</summary>
public sealed record GateioLimits
{
    /// <summary>REST requests an address may send in 10 s. Default 200.</summary>
    public int RequestsPerTenSeconds { get; init; } = 200;

    /// <summary>A socket without a subscription is cut after so long. Default 30 s.</summary>
    public TimeSpan UnsubscribedMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A client that says nothing for so long is cut. Default 60 s.</summary>
    public TimeSpan SilenceMax { get; init; } = TimeSpan.FromSeconds(60);

    internal void Validate()
    {
        if (RequestsPerTenSeconds < 1 || UnsubscribedMax <= TimeSpan.Zero || SilenceMax <= TimeSpan.Zero)
        {
            throw new ExchangeConfigurationException($"every limit of gateio must be over zero, received {this}");
        }
    }
}
