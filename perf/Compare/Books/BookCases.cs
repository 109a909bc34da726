using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>Books and their merge.</summary>
internal static class BookCases
{
    private const string Sorted = "SortedDictionary<long,long>";

    /// <summary>In the order of the list.</summary>
    public static IEnumerable<ComparisonCase> All =>
    [
        new("book.apply.1000", "ns/update", false, Sorted, "changed levels into a book of 1,000 a side",
            static () => new BookApplyComparison(1_000, ChangeSpread.Near)),
        new("book.apply.5000", "ns/update", false, Sorted, "changed levels into a book of 5,000 a side",
            static () => new BookApplyComparison(5_000, ChangeSpread.Near)),
        new("book.apply.far", "ns/update", false, Sorted,
            "changed levels all over a book of 20,000 a side, nearly all beyond the ladder's window",
            static () => new BookApplyComparison(20_000, ChangeSpread.Far)),
        new("book.snapshot", "ns/level", false, Sorted,
            "a snapshot of 46,000 levels, both sides together, in place of the one before",
            static () => new BookSnapshotComparison(46_000)),
        new("book.top10", "ns", false, Sorted, "the ten best levels of both sides copied out",
            static () => new BookTopComparison()),
        new("merge.10venues", "ns", false, "PriorityQueue", "ten rows of both sides from ten venues, all changed",
            static () => new MergeComparison()),
        new("merge.10venues.1changed", "ns", false, "PriorityQueue",
            "the same after a level of each side of one venue changed", static () => new MergeChangeComparison()),
    ];
}
