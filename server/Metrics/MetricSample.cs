using System.Collections.Generic;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>One number of a metric.</summary>
/// <param name="Name">The metric's name; of a histogram with <c>_bucket</c>, <c>_sum</c> or <c>_count</c>.</param>
/// <param name="Labels">What tells it from the metric's other numbers.</param>
/// <param name="Value">The number.</param>
/// <param name="Text">The number as the text format spells it.</param>
public sealed record MetricSample(
    string Name, IReadOnlyList<KeyValuePair<string, string>> Labels, double Value, string Text);
