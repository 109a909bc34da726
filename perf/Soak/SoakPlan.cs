using LowLatencyQuoter.Perf.Latency;

namespace LowLatencyQuoter.Perf.Soak;

/// <summary>What to run for how long.</summary>
internal sealed record SoakPlan
{
    /// <summary>The pipeline.</summary>
    public required RigOptions Rig { get; init; }

    /// <summary>Messages a second.</summary>
    public double Rate { get; init; } = 200_000;

    /// <summary>Length in seconds, after the warm-up.</summary>
    public double Seconds { get; init; } = 600;

    /// <summary>Seconds of unmeasured running.</summary>
    public double WarmUpSeconds { get; init; } = 10;

    /// <summary>Messages in all.</summary>
    public long Messages => (long)(Rate * Seconds);
}
