using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>The whole path on one thread.</summary>
public class PipelineBenchmarks : LoopBenchmarks
{
    /// <summary>Names of the comparisons.</summary>
    public static IEnumerable<string> Cases => ["pipeline.tick-to-quote"];

    /// <summary>One of them.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <inheritdoc/>
    protected override string Chosen => Case;
}
