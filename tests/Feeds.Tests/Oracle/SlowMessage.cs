using System.Collections.Generic;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>What a venue says of one book.</summary>
internal sealed record SlowMessage(string Symbol, EventKind Kind, long First, long Last, long? Checksum)
{
    public List<SlowLevel> Bids { get; } = [];

    public List<SlowLevel> Asks { get; } = [];
}
