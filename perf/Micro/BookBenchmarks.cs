using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>Books and their merge.</summary>
public class BookBenchmarks : LoopBenchmarks
{
    /// <inheritdoc/>
    public override IEnumerable<string> Cases => ["book.apply.1000", "book.apply.5000", "book.top10", "merge.10venues"];
}
