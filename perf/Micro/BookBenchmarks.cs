using System.Collections.Generic;
using BenchmarkDotNet.Attributes;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>Books and their merge.</summary>
public class BookBenchmarks : LoopBenchmarks
{
    /// <summary>Names of the comparisons.</summary>
    public static IEnumerable<string> Cases =>
        [
            "book.apply.1000", "book.apply.5000", "book.apply.far", "book.snapshot", "book.top10", "merge.10venues",
            "merge.10venues.1changed",
        ];

    /// <summary>One of them.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <inheritdoc/>
    protected override string Chosen => Case;
}
