using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>
/// A sorted dictionary a side: the oracle of every structure behind <c>IBookSide</c>, the reference one too.
/// </summary>
internal sealed class ReferenceBook
{
    private readonly SortedDictionary<long, long> _bids =
        new(Comparer<long>.Create(static (left, right) => right.CompareTo(left)));

    private readonly SortedDictionary<long, long> _asks = [];

    /// <summary>Sets the quantity at a price, 0 deletes.</summary>
    public void Set(Side side, long price, long quantity)
    {
        var levels = Of(side);
        if (quantity == 0)
        {
            levels.Remove(price);
        }
        else
        {
            levels[price] = quantity;
        }
    }

    /// <summary>Keeps the best <paramref name="depth"/> levels of a side.</summary>
    public void Truncate(Side side, int depth)
    {
        var beyond = new List<long>();
        var rank = 0;
        foreach (var price in Of(side).Keys)
        {
            if (rank++ >= depth)
            {
                beyond.Add(price);
            }
        }

        foreach (var price in beyond)
        {
            Of(side).Remove(price);
        }
    }

    /// <summary>Removes every level.</summary>
    public void Clear()
    {
        _bids.Clear();
        _asks.Clear();
    }

    /// <summary>The levels of a side, best first.</summary>
    public IEnumerable<Level> Levels(Side side)
    {
        foreach (var (price, quantity) in Of(side))
        {
            yield return new Level(price, quantity);
        }
    }

    private SortedDictionary<long, long> Of(Side side) => side == Side.Bid ? _bids : _asks;
}
