using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Samples;

/// <summary>
/// A made-up book whose changes are as those of a real one: most are near the touch, a quarter deletes, and the market
/// drifts. The same each time. Cold, one thread.
/// </summary>
public sealed class SampleBook
{
    private const int LevelsKept = 20;   // a side is never emptied by deletes
    private const int CoarseLevels = 5;
    private readonly SortedDictionary<long, long> _bids =
        new(Comparer<long>.Create(static (left, right) => right.CompareTo(left)));
    private readonly SortedDictionary<long, long> _asks = [];
    private readonly Random _random = new(1);
    private readonly int _window;
    private long _mid = 6_000_000;
    private long _messages;

    /// <summary>Makes a book of <paramref name="depth"/> levels a side.</summary>
    /// <param name="symbol">The instrument in the venue's spelling.</param>
    /// <param name="depth">Levels a side to begin with.</param>
    /// <param name="window">Levels a side that the venue keeps; 0: all.</param>
    /// <param name="wholeBooks">True when the venue is to send whole books instead of changes.</param>
    public SampleBook(string symbol, int depth, int window, bool wholeBooks)
    {
        Symbol = symbol;
        WholeBooks = wholeBooks;
        _window = window;
        for (var level = 1; level <= depth; level++)
        {
            _bids[_mid - level] = Quantity();
            _asks[_mid + level] = Quantity();
        }

        Truncate();
    }

    /// <summary>The instrument in the venue's spelling.</summary>
    public string Symbol { get; }

    /// <summary>True when updates are to be printed as whole books.</summary>
    public bool WholeBooks { get; }

    /// <summary>Decimal digits of prices.</summary>
    public int PriceScale { get; private set; } = 2;

    /// <summary>Decimal digits of quantities.</summary>
    public int QuantityScale { get; private set; } = 5;

    /// <summary>Id of the last update; also counts the venue's milliseconds.</summary>
    public long UpdateId { get; private set; } = 1_000;

    /// <summary>Buyers from the best down: price and quantity.</summary>
    public IReadOnlyDictionary<long, long> Bids => _bids;

    /// <summary>Sellers from the best up: price and quantity.</summary>
    public IReadOnlyDictionary<long, long> Asks => _asks;

    /// <summary>The next update: changes the book and says how.</summary>
    /// <param name="levels">Levels that change, both sides together; the market's drift may add some.</param>
    public IReadOnlyList<SampleChange> Change(int levels)
    {
        var changes = new List<SampleChange>();
        UpdateId++;
        if (UpdateId % 8 == 0)
        {
            Move(_random.Next(-3, 4), changes);
        }

        for (var level = 0; level < levels; level++)
        {
            var far = _random.Next(5) == 0;
            var distance = 1 + _random.Next(far ? 200 : 10);
            Set(level % 2 == 0 ? Side.Bid : Side.Ask, distance, _random.Next(4) == 0, changes);
        }

        Truncate();
        return changes;
    }

    /// <summary>The next update: the market is somewhere else altogether.</summary>
    public IReadOnlyList<SampleChange> Jump(int ticks)
    {
        var changes = new List<SampleChange>();
        UpdateId++;
        Move(ticks, changes);
        for (var level = 1; level <= LevelsKept; level++)
        {
            Set(Side.Bid, level, false, changes);
            Set(Side.Ask, level, false, changes);
        }

        Truncate();
        return changes;
    }

    /// <summary>Updates that nobody saw.</summary>
    public void Skip()
    {
        UpdateId += 5;
        _messages += 5;
    }

    /// <summary>Number of the next message of the connection, from 0, for venues that number them.</summary>
    public long TakeMessageNumber() => _messages++;

    /// <summary>
    /// From now on one more digit of prices and of quantities. The next update says so: levels that could do without
    /// come first, so that the message is widened after some of it was read.
    /// </summary>
    public IReadOnlyList<SampleChange> Refine()
    {
        PriceScale++;
        QuantityScale++;
        _mid *= 10;
        Refine(_bids);
        Refine(_asks);
        var changes = new List<SampleChange>();
        UpdateId++;
        for (var level = 1; level <= CoarseLevels; level++)
        {
            var quantity = 10 * Quantity();
            changes.Add(new SampleChange(Side.Bid, _mid - (10 * level), _bids[_mid - (10 * level)] = quantity));
            changes.Add(new SampleChange(Side.Ask, _mid + (10 * level), _asks[_mid + (10 * level)] = quantity));
        }

        Set(Side.Bid, 1, false, changes);
        Set(Side.Ask, 1, false, changes);
        Truncate();
        return changes;
    }

    private static void Refine(SortedDictionary<long, long> side)
    {
        KeyValuePair<long, long>[] levels = [.. side];
        side.Clear();
        foreach (var (price, quantity) in levels)
        {
            side[price * 10] = quantity * 10;
        }
    }

    private void Move(int ticks, List<SampleChange> changes)
    {
        _mid += ticks;
        foreach (var (price, _) in (KeyValuePair<long, long>[])[.. _bids])
        {
            if (price >= _mid)
            {
                _bids.Remove(price);
                changes.Add(new SampleChange(Side.Bid, price, 0));
            }
        }

        foreach (var (price, _) in (KeyValuePair<long, long>[])[.. _asks])
        {
            if (price <= _mid)
            {
                _asks.Remove(price);
                changes.Add(new SampleChange(Side.Ask, price, 0));
            }
        }
    }

    private void Set(Side side, long distance, bool delete, List<SampleChange> changes)
    {
        var levels = side == Side.Bid ? _bids : _asks;
        var price = side == Side.Bid ? _mid - distance : _mid + distance;
        if (delete && levels.Count > LevelsKept)
        {
            levels.Remove(price);
            changes.Add(new SampleChange(side, price, 0));
            return;
        }

        levels[price] = Quantity();
        changes.Add(new SampleChange(side, price, levels[price]));
    }

    private void Truncate()
    {
        if (_window != 0)
        {
            Truncate(_bids);
            Truncate(_asks);
        }
    }

    private void Truncate(SortedDictionary<long, long> side)
    {
        var rank = 0;
        foreach (var price in (long[])[.. side.Keys])
        {
            if (++rank > _window)
            {
                side.Remove(price);
            }
        }
    }

    private long Quantity() => _random.NextInt64(1, 5_000_000);
}
