using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>A book as one would otherwise keep it: a sorted dictionary a side.</summary>
internal sealed class SortedBook
{
    /// <summary>Bids by negated price: best first with the default comparer.</summary>
    public SortedDictionary<long, long> Bids { get; } = [];

    /// <summary>Asks by price.</summary>
    public SortedDictionary<long, long> Asks { get; } = [];

    /// <summary>Applies a change; quantity 0 deletes.</summary>
    public static void Set(SortedDictionary<long, long> levels, in LevelChange change)
    {
        if (change.Quantity == 0)
        {
            levels.Remove(change.Price);
        }
        else
        {
            levels[change.Price] = change.Quantity;
        }
    }

    /// <summary>Throws where a book of ours holds other levels.</summary>
    /// <exception cref="ComparisonException">Says when.</exception>
    public void RequireSame(ref OrderBook book, string when)
    {
        var same = book.Bids.Count == Bids.Count && book.Asks.Count == Asks.Count;
        foreach (var (price, quantity) in Bids)
        {
            same &= book.Bids.QuantityAt(-price) == quantity;
        }

        foreach (var (price, quantity) in Asks)
        {
            same &= book.Asks.QuantityAt(price) == quantity;
        }

        if (!same)
        {
            throw new ComparisonException($"the books of the two sides differ {when}");
        }
    }
}
