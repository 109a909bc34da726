using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>The whole path on one thread.</summary>
public class PipelineBenchmarks : LoopBenchmarks
{
    /// <inheritdoc/>
    public override IEnumerable<string> Cases => ["pipeline.tick-to-quote"];
}
