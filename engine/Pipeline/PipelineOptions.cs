namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>Sizes of the pipeline; all memory is taken at start.</summary>
public sealed record PipelineOptions
{
    /// <summary>Count of lanes, one for each venue connection.</summary>
    public required int Lanes { get; init; }

    /// <summary>Rows a side in each quote, 1 to 1,000.</summary>
    public int Levels { get; init; } = 10;

    /// <summary>Slots of a lane, a power of two, 1 KiB each. A message may have at most 59 levels a slot.</summary>
    public int LaneCapacity { get; init; } = 1_024;

    /// <summary>Quotes that a slow reader may lag behind before it is conflated, a power of two.</summary>
    public int QuoteCapacity { get; init; } = 1_024;

    /// <summary>
    /// Consumers of the lanes beside the book handler. Each has to be attached by <see cref="QuoterPipeline.Follow"/>
    /// and driven, since the lanes wait for it.
    /// </summary>
    public int Followers { get; init; }

    /// <summary>True when the engine's thread blocks, so that producers have to wake it.</summary>
    public bool EngineSleeps { get; init; } = true;

    /// <summary>True when the publishing thread blocks, so that the engine has to wake it.</summary>
    public bool PublisherSleeps { get; init; } = true;

    /// <summary>True when the engine and the publisher share a thread, and so the signal that wakes it.</summary>
    public bool OneThread { get; init; }
}
