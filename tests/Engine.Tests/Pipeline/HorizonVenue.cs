using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>
/// The whole truth of a venue's book: every level at every update id, in sorted dictionaries. Its market drifts for
/// long in one direction, so that it leaves what a limited snapshot told of. Updates have several ids.
/// </summary>
internal sealed class HorizonVenue
{
    private const int Reach = 60;
    private readonly Random _random;
    private readonly int _book;
    private readonly SortedDictionary<long, long> _bids =
        new(Comparer<long>.Create(static (left, right) => right.CompareTo(left)));
    private readonly SortedDictionary<long, long> _asks = [];
    private readonly Dictionary<long, (Level[] Bids, Level[] Asks)> _history = [];
    private readonly Queue<(Side Side, long Price, long Quantity)> _changes = [];
    private long _mid = 5_000;
    private int _drift = 1;

    public HorizonVenue(Random random, int book)
    {
        _random = random;
        _book = book;
        for (var distance = 1; distance <= Reach; distance++)
        {
            _bids[_mid - distance] = random.Next(1, 30);
            _asks[_mid + distance] = random.Next(1, 30);
        }

        Remember();
    }

    /// <summary>Id of the last change.</summary>
    public long UpdateId { get; private set; } = 1_000;

    /// <summary>The book at an id.</summary>
    public (Level[] Bids, Level[] Asks) At(long id) => _history[id];

    /// <summary>The best levels of the book at an id, as REST gives them.</summary>
    public Message Snapshot(long id, int levels, long wish) => Message.Snapshot(id, "") with
    {
        Book = _book,
        Wish = wish,
        Levels =
        [
            .. _history[id].Bids.Take(levels).Select(static level => (Side.Bid, level.Price, level.Quantity)),
            .. _history[id].Asks.Take(levels).Select(static level => (Side.Ask, level.Price, level.Quantity)),
        ],
    };

    /// <summary>The next update, of one to four ids: what the last of them left at each changed price.</summary>
    public Message Update()
    {
        var first = UpdateId + 1;
        var changed = new Dictionary<(Side, long), long>();
        for (var count = _random.Next(1, 5); count > 0; count--)
        {
            var (side, price, quantity) = NextChange();
            var levels = side == Side.Bid ? _bids : _asks;
            levels.Remove(price);
            if (quantity != 0)
            {
                levels[price] = quantity;
            }

            changed[(side, price)] = quantity;
            UpdateId++;
            Remember();
        }

        return Message.Update(first, UpdateId, "") with
        {
            Book = _book,
            Levels = [.. changed.Select(static each => (each.Key.Item1, each.Key.Item2, each.Value))],
        };
    }

    private (Side Side, long Price, long Quantity) NextChange()
    {
        if (_changes.Count == 0)
        {
            Move();
        }

        return _changes.Dequeue();
    }

    /// <summary>A few changes of quantity, now and then a step of the market.</summary>
    private void Move()
    {
        _drift = _random.Next(120) == 0 ? -_drift : _drift;
        if (_random.Next(3) == 0)
        {
            _mid += _drift;
            foreach (var price in _bids.Keys.TakeWhile(price => price >= _mid).ToArray())
            {
                _changes.Enqueue((Side.Bid, price, 0));
            }

            foreach (var price in _asks.Keys.TakeWhile(price => price <= _mid).ToArray())
            {
                _changes.Enqueue((Side.Ask, price, 0));
            }
        }

        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            var side = _random.Next(2) == 0 ? Side.Bid : Side.Ask;
            var distance = _random.Next(2) == 0 ? _random.Next(1, 6) : _random.Next(1, Reach);
            var price = _mid + (side == Side.Bid ? -distance : distance);
            _changes.Enqueue((side, price, _random.Next(3) == 0 ? 0 : _random.Next(1, 30)));
        }
    }

    private void Remember() => _history[UpdateId] =
    (
        [.. _bids.Select(static level => new Level(level.Key, level.Value))],
        [.. _asks.Select(static level => new Level(level.Key, level.Value))]);
}
