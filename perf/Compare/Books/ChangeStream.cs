using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>
/// A side's levels and a stream of changes that ends where it began, so that it may be applied over and over: first
/// random changes, then the same undone in reverse. 50 % modify, 25 % delete, 25 % insert.
/// </summary>
internal sealed class ChangeStream
{
    private readonly ChangeSpread _spread;
    private readonly SortedList<long, long> _levels = [];
    private readonly Random _random;
    private readonly int _worse;
    private readonly long _touch;

    /// <summary>Makes levels and changes.</summary>
    /// <param name="side">Which way prices get worse.</param>
    /// <param name="levels">Levels at the beginning.</param>
    /// <param name="touch">Price before the best one.</param>
    /// <param name="changes">Changes, even.</param>
    /// <param name="seed">Chooses all of it.</param>
    /// <param name="spread">Where levels and changes lie; null: <see cref="ChangeSpread.Near"/>.</param>
    public ChangeStream(Side side, int levels, long touch, int changes, int seed, ChangeSpread? spread = null)
    {
        _spread = spread ?? ChangeSpread.Near;
        _random = new Random(seed);
        _worse = side == Side.Bid ? -1 : 1;
        _touch = Key(touch);
        var price = touch;
        for (var level = 0; level < levels; level++)
        {
            price += _worse * _random.Next(1, _spread.GapMax);
            _levels.Add(Key(price), Quantity());
        }

        Initial = Snapshot();
        Changes = MakeChanges(changes / 2);
    }

    /// <summary>The levels at the beginning and at the end, best first.</summary>
    public Level[] Initial { get; }

    /// <summary>The changes.</summary>
    public LevelChange[] Changes { get; }

    private LevelChange[] MakeChanges(int count)
    {
        var changes = new LevelChange[2 * count];
        for (var index = 0; index < count; index++)
        {
            var (key, quantity) = Next();
            changes[index] = new LevelChange(Price(key), quantity);
            changes[^(index + 1)] = new LevelChange(Price(key), _levels.GetValueOrDefault(key));
            if (quantity == 0)
            {
                _levels.Remove(key);
            }
            else
            {
                _levels[key] = quantity;
            }
        }

        return changes;
    }

    private (long Key, long Quantity) Next()
    {
        var within = _random.Next(100) < _spread.NearPercent ? _spread.NearLevels : _spread.FarLevels;
        var key = _levels.GetKeyAtIndex(_random.Next(Math.Min(within, _levels.Count)));
        switch (_random.Next(4))
        {
            case 0:
                return (key, 0);
            case 1:
                while (_levels.ContainsKey(key))
                {
                    key += key - 1 > _touch && _random.Next(2) == 0 ? -1 : 1;   // never beyond the touch: no cross
                }

                return (key, Quantity());
            default:
                return (key, Quantity());
        }
    }

    private Level[] Snapshot()
    {
        var levels = new Level[_levels.Count];
        for (var index = 0; index < levels.Length; index++)
        {
            levels[index] = new Level(Price(_levels.GetKeyAtIndex(index)), _levels.GetValueAtIndex(index));
        }

        return levels;
    }

    /// <summary>Keys rise from the best level to the worst.</summary>
    private long Key(long price) => _worse * price;

    private long Price(long key) => _worse * key;

    private long Quantity() => _random.NextInt64(1, 500_000);
}
