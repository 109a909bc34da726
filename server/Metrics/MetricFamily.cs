using System.Collections.Generic;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>A metric with its numbers.</summary>
/// <param name="Kind">What its numbers mean.</param>
/// <param name="Name">For instance <c>quoter_book_updates_total</c>.</param>
/// <param name="Help">One sentence.</param>
public sealed record MetricFamily(MetricKind Kind, string Name, string Help)
{
    /// <summary>Its numbers, in the order in which they were written.</summary>
    public IList<MetricSample> Samples { get; } = [];
}
