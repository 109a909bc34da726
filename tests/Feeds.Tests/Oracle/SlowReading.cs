using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Tests.Oracle;

/// <summary>What a frame is, by the slow way.</summary>
/// <param name="Kind">Its kind; <see cref="FrameKind.Failed"/> when it cannot be used.</param>
/// <param name="Symbol">The book it concerns; empty when it names none that is known.</param>
internal sealed record SlowReading(FrameKind Kind, string Symbol = "")
{
    /// <summary>True when frames before this one are missing, of whatever book.</summary>
    public bool IsBehindAHole { get; init; }

    /// <summary>The messages before what was wrong, in order.</summary>
    public IReadOnlyList<SlowMessage> Messages { get; init; } = [];

    /// <summary>The message's number on its connection, where the venue gives it one.</summary>
    public long? Number { get; init; }
}
