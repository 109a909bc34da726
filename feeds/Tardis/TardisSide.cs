using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Tardis;

/// <summary>
/// One side of a book as a reader of the exported rows has it by now, in exact decimals: what tells which levels a
/// venue's window has cut without saying so, and by what two snapshots differ. One thread.
/// </summary>
internal sealed class TardisSide(Side side)
{
    private readonly SortedDictionary<decimal, decimal> _levels = new(
        side == Side.Bid
            ? Comparer<decimal>.Default
            : Comparer<decimal>.Create(static (left, right) => right.CompareTo(left)));

    /// <summary>Bids or asks.</summary>
    public Side Side => side;

    /// <summary>Count of levels.</summary>
    public int Count => _levels.Count;

    /// <summary>Sets a level; 0 deletes.</summary>
    public void Set(decimal price, decimal amount)
    {
        if (amount == 0)
        {
            _levels.Remove(price);
        }
        else
        {
            _levels[price] = amount;
        }
    }

    /// <summary>Removes the worst levels beyond a window; their prices.</summary>
    public IReadOnlyList<decimal> CutTo(int window)
    {
        if (window == 0 || _levels.Count <= window)
        {
            return [];
        }

        var cut = new List<decimal>();
        foreach (var price in _levels.Keys)   // worst first
        {
            if (_levels.Count - cut.Count == window)
            {
                break;
            }

            cut.Add(price);
        }

        cut.ForEach(price => _levels.Remove(price));
        return cut;
    }

    /// <summary>Becomes these levels; the changes that lead there, deletes first.</summary>
    public IReadOnlyList<(decimal Price, decimal Amount)> Become(IReadOnlyList<Level> levels, BookCopy book)
    {
        var wanted = new Dictionary<decimal, decimal>();
        foreach (var level in levels)
        {
            wanted.Add(Number(level.Price, book.PriceScale), Number(level.Quantity, book.QuantityScale));
        }

        var changes = new List<(decimal, decimal)>();
        foreach (var price in _levels.Keys)
        {
            if (!wanted.ContainsKey(price))
            {
                changes.Add((price, 0));
            }
        }

        foreach (var (price, amount) in wanted)
        {
            if (!_levels.TryGetValue(price, out var had) || had != amount)
            {
                changes.Add((price, amount));
            }
        }

        changes.ForEach(change => Set(change.Item1, change.Item2));
        return changes;
    }

    /// <summary>A scaled integer as a decimal: exact, since a decimal has 28 digits behind the point.</summary>
    public static decimal Number(long value, int scale)
    {
        var bits = (ulong)Math.Abs(value);
        return new decimal((int)bits, (int)(bits >> 32), 0, value < 0, (byte)scale);
    }
}
