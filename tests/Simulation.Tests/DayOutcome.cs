namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>What a simulated day came to.</summary>
internal sealed record DayOutcome
{
    public required int Seed { get; init; }

    public required string QuoteHash { get; init; }

    public required string StateHash { get; init; }

    public required long Quotes { get; init; }

    public required long Rows { get; init; }

    public required int Books { get; init; }

    /// <summary>Times that a book became live again after a fault.</summary>
    public required long Resyncs { get; init; }

    /// <summary>Frames that were lost and had to be noticed at the next one.</summary>
    public required long LossesNoticed { get; init; }

    /// <summary>From the last fault until every book was proven, in virtual nanoseconds.</summary>
    public required long RecoveryNanos { get; init; }

    /// <summary>The whole day, in virtual nanoseconds.</summary>
    public required long Nanos { get; init; }

    public required FaultTally Tally { get; init; }
}
