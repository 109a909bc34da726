using System;
using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>The benchmarks of the verb <c>micro</c>.</summary>
internal static class MicroCatalog
{
    /// <summary>Each class of them with its cases, which are names of comparisons.</summary>
    public static IReadOnlyList<(Type Class, IReadOnlyList<string> Cases)> All { get; } =
    [
        (typeof(DecodeBenchmarks), [.. DecodeBenchmarks.Cases]),
        (typeof(BookBenchmarks), [.. BookBenchmarks.Cases]),
        (typeof(HistogramBenchmarks), [.. HistogramBenchmarks.Cases]),
        (typeof(PipelineBenchmarks), [.. PipelineBenchmarks.Cases]),
    ];

    /// <summary>The classes alone.</summary>
    public static Type[] Classes => [.. All.Select(static item => item.Class)];
}
