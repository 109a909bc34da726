using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Compare.Pipelines;

/// <summary>One venue's book as it is mostly written in C#.</summary>
internal sealed class TypicalBook
{
    private readonly int _venue;
    private long _lastUpdateId;

    /// <summary>Takes a snapshot.</summary>
    public TypicalBook(int venue, TypicalUpdate snapshot)
    {
        _venue = venue;
        Set(Bids, snapshot.Bids);
        Set(Asks, snapshot.Asks);
        _lastUpdateId = snapshot.LastUpdateId;
    }

    /// <summary>Best first.</summary>
    public SortedDictionary<decimal, decimal> Bids { get; } =
        new(Comparer<decimal>.Create(static (left, right) => right.CompareTo(left)));

    /// <summary>Best first.</summary>
    public SortedDictionary<decimal, decimal> Asks { get; } = [];

    /// <summary>Applies a diff.</summary>
    /// <exception cref="ComparisonException">Updates are missing.</exception>
    public void Apply(TypicalUpdate update)
    {
        if (update.FirstUpdateId != _lastUpdateId + 1)
        {
            throw new ComparisonException($"venue {_venue} has a gap after update {_lastUpdateId}");
        }

        _lastUpdateId = update.LastUpdateId;
        Set(Bids, update.Bids);
        Set(Asks, update.Asks);
    }

    /// <summary>A level as a row of the quote.</summary>
    public TypicalRow Row(KeyValuePair<decimal, decimal> level) => new(_venue, level.Key, level.Value);

    private static void Set(SortedDictionary<decimal, decimal> levels, List<(decimal Price, decimal Amount)> changes)
    {
        foreach (var (price, amount) in changes)
        {
            if (amount == 0)
            {
                levels.Remove(price);
            }
            else
            {
                levels[price] = amount;
            }
        }
    }
}
