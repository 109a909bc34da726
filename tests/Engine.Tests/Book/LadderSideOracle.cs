using System;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>One side driven beside the reference book, and every way of reading it compared.</summary>
internal sealed class LadderSideOracle<TSide> : IDisposable
    where TSide : struct, ISide<TSide>
{
    private ReferenceBook _reference = new();
    private BookSide<TSide> _side;

    public ref BookSide<TSide> Side => ref _side;

    public int Most { get; private set; }

    public void Set(long price, long quantity)
    {
        Assert.That(_side.Set(price, quantity), Is.True);
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

    /// <summary>Cheap enough for each step: count, best, and the ten best by cursor.</summary>
    public void CheckTop()
    {
        var expected = _reference.Levels(TSide.Side).Take(10).ToArray();
        Span<Level> top = stackalloc Level[10];
        var count = _side.CopyBest(top);
        Assert.That(top[..count].ToArray(), Is.EqualTo(expected));
        Assert.That(_side.HasLevels, Is.EqualTo(expected.Length != 0));
        if (expected.Length != 0)
        {
            Assert.That(_side.Best, Is.EqualTo(expected[0]));
        }
    }

    /// <summary>Everything: the cursor's whole walk, ranks, lookups, and the bound of memory.</summary>
    public void CheckAll()
    {
        var expected = Levels();
        Assert.That(_side.Count, Is.EqualTo(expected.Length));
        var walked = new Level[expected.Length + 1];
        Assert.That(_side.CopyBest(walked), Is.EqualTo(expected.Length));
        Assert.That(walked[..^1], Is.EqualTo(expected));
        for (var rank = 0; rank < expected.Length; rank += 1 + (rank / 7))
        {
            Assert.That(_side[rank], Is.EqualTo(expected[rank]), $"rank {rank}");
            Assert.That(_side.QuantityAt(expected[rank].Price), Is.EqualTo(expected[rank].Quantity));
        }

        foreach (var level in expected.Take(50))
        {
            var neighbor = level.Price + 1;
            Assert.That(
                _side.QuantityAt(neighbor),
                    Is.EqualTo(expected.FirstOrDefault(other => other.Price == neighbor).Quantity));
        }

        Assert.That(_side.NativeBytes, Is.LessThanOrEqualTo(BookSide<TSide>.MaxBytes(Most)));
    }

    public void Dispose() => _side.Free();
}
