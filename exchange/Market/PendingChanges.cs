using System.Collections.Generic;

namespace LowLatencyQuoter.Exchange.Market;

/// <summary>What a book changed since the last publication, newest size of each price, sorted best first.</summary>
internal sealed class PendingChanges
{
    /// <summary>Bids, highest price first: ticks to lots.</summary>
    public SortedDictionary<long, long> Bids { get; } = new(Comparer<long>.Create(static (a, b) => b.CompareTo(a)));

    /// <summary>Asks, lowest price first: ticks to lots.</summary>
    public SortedDictionary<long, long> Asks { get; } = [];

    public bool Any => Bids.Count + Asks.Count > 0;

    public void Add(IReadOnlyList<LevelChange> changes)
    {
        for (var i = 0; i < changes.Count; i++)
        {
            var change = changes[i];
            (change.Side == Side.Bid ? Bids : Asks)[change.Ticks] = change.Lots;
        }
    }

    public void Clear()
    {
        Bids.Clear();
        Asks.Clear();
    }
}
