using System.Collections.Generic;
using LowLatencyQuoter.Perf.Jitter;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>The outcome of one comparison.</summary>
/// <param name="Case">What was compared.</param>
/// <param name="Ours">Rounds of ours.</param>
/// <param name="Baseline">Rounds of the baseline.</param>
/// <param name="BytesPerOperation">What ours allocates.</param>
internal sealed record ComparedCase(
    ComparisonCase Case, SideFigures Ours, SideFigures Baseline, double BytesPerOperation)
{
    /// <summary>
    /// What the machine did, between the rounds, to threads that only spin on the same cores; empty where the figure is
    /// no latency.
    /// </summary>
    public IReadOnlyList<StallReport> Stalls { get; init; } = [];

    /// <summary>Ratio of the medians; above 1 when ours is better.</summary>
    public double Ratio => Case.Ratio(Ours.Median, Baseline.Median);
}
