using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Histograms;

/// <summary>One interval of a log.</summary>
/// <param name="Tag">Which of several histograms it is; null where the line has no tag.</param>
/// <param name="StartSeconds">Its start in seconds since 1970, also where the log counts from its base time.</param>
/// <param name="LengthSeconds">How long it was.</param>
/// <param name="Max">The maximum as printed, in the log's unit for it.</param>
/// <param name="Histogram">What was recorded.</param>
public sealed record HistogramLogInterval(
    string? Tag, double StartSeconds, double LengthSeconds, double Max, Histogram Histogram);
