using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>One side driven beside the reference book, and every way of reading it compared.</summary>
internal class SideOracle<TSide, TLevels> : IDisposable
    where TSide : struct, ISide
    where TLevels : struct, IBookSide<TSide>
{
    private ReferenceBook _reference = new();
    private TLevels _side;

    public ref TLevels Side => ref _side;

    public int Most { get; private set; }

    public void Set(long price, long quantity)
    {
        var (before, version) = (_side.QuantityAt(price), _side.Version);
        if (!_side.Set(price, quantity) || _side.QuantityAt(price) != quantity)
        {
            Assert.Fail($"{quantity} at {price} was not taken");
        }

        if (before != quantity && _side.Version <= version)
        {
            Assert.Fail("the levels changed and the version did not");
        }

        _reference.Set(TSide.Side, price, quantity);
        Most = Math.Max(Most, _side.Count);
    }

    public void Truncate(int depth)
    {
        _side.Truncate(depth);
        _reference.Truncate(TSide.Side, depth);
    }

    public void Clear()
    {
        _side.Clear();
        _reference.Clear();
    }

    public bool TryMultiply(long pricePower, long quantityPower)
    {
        if (!_side.TryMultiply(pricePower, quantityPower))
        {
            return false;
        }

        var widened = new ReferenceBook();
        foreach (var level in _reference.Levels(TSide.Side))
        {
            widened.Set(TSide.Side, checked(level.Price * pricePower), checked(level.Quantity * quantityPower));
        }

        _reference = widened;
        return true;
    }

    public Level[] Levels() => [.. _reference.Levels(TSide.Side)];

    /// <summary>Cheap enough for each step: best, the ten best by cursor, and those kept at hand.</summary>
    public void CheckTop()
    {
        var top = _reference.Levels(TSide.Side).Take(IBookSide<TSide>.TopCount).ToArray();
        var expected = top.Take(10).ToArray();
        Assert.That(Walk(10), Is.EqualTo(expected));
        Assert.That(_side.Top().ToArray(), Is.EqualTo(top));
        Assert.That(_side.Count != 0, Is.EqualTo(expected.Length != 0));
        if (expected.Length != 0)
        {
            Assert.That(_side.Best, Is.EqualTo(expected[0]));
        }
    }

    /// <summary>Everything: the cursor's whole walk and lookups.</summary>
    public virtual void CheckAll()
    {
        var expected = Levels();
        Assert.That(_side.Count, Is.EqualTo(expected.Length));
        Assert.That(Walk(int.MaxValue), Is.EqualTo(expected));
        for (var rank = 0; rank < expected.Length; rank += 1 + (rank / 7))
        {
            Assert.That(_side.QuantityAt(expected[rank].Price), Is.EqualTo(expected[rank].Quantity));
        }

        foreach (var level in expected.Take(50))
        {
            var neighbor = level.Price + 1;
            Assert.That(
                _side.QuantityAt(neighbor),
                Is.EqualTo(expected.FirstOrDefault(other => other.Price == neighbor).Quantity));
        }
    }

    public void Dispose() => _side.Free();

    private List<Level> Walk(int most)
    {
        var levels = new List<Level>();
        var cursor = _side.First;
        while (levels.Count < most && _side.TryNext(ref cursor, out var level))
        {
            levels.Add(level);
        }

        return levels;
    }
}
