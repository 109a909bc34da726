using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>A message as the typical pipeline passes it on; an object each.</summary>
internal sealed class TypicalUpdate
{
    public required int Venue { get; init; }

    public long FirstUpdateId { get; set; }

    public long LastUpdateId { get; set; }

    public List<(decimal Price, decimal Amount)> Bids { get; } = [];

    public List<(decimal Price, decimal Amount)> Asks { get; } = [];
}
