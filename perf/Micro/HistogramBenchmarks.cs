using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>One latency counted.</summary>
public class HistogramBenchmarks : LoopBenchmarks
{
    /// <inheritdoc/>
    public override IEnumerable<string> Cases => ["histogram.record"];
}
