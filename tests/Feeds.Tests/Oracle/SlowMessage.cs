using System.Collections.Generic;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>What a venue says of one book.</summary>
internal sealed record SlowMessage(string Symbol, EventKind Kind, long First, long Last, long? Checksum)
{
    /// <summary>True for a snapshot that came on the socket of the venue's own accord.</summary>
    public bool IsPushed { get; init; }

    public List<SlowLevel> Bids { get; } = [];

    public List<SlowLevel> Asks { get; } = [];
}
