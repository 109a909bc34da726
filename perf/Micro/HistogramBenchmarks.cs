using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>One latency counted.</summary>
public class HistogramBenchmarks : LoopBenchmarks
{
    /// <summary>Names of the comparisons.</summary>
    public static IEnumerable<string> Cases => ["histogram.record"];

    /// <summary>One of them.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <inheritdoc/>
    protected override string Chosen => Case;
}
