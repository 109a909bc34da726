using System;
using System.Linq;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>One side against the reference book, for both sides.</summary>
[TestFixture(typeof(BidSide))]
[TestFixture(typeof(AskSide))]
public sealed class BookSideTests<TSide>
    where TSide : struct, ISide<TSide>
{
    private BookSide<TSide> _side;

    [TearDown]
    public void FreeSide() => _side.Free();

    [Test]
    public void RandomStreamsLeaveTheSameLevelsAsTheReference() => Seeded.Check(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed => RunStream(new Random(seed), 600)), 150);

    [Test]
    public void LongStreamWithThousandsOfLevelsStaysEqual() =>
        Assert.That(RunStream(Seeded.Random(), 60_000, spread: 20_000), Is.True);

    [Test]
    public void BestLevelIsTheFirstRank()
    {
        _side.Set(100, 1);
        _side.Set(102, 2);
        _side.Set(101, 3);

        var best = TSide.Side == Side.Bid ? 102 : 100;
        Assert.That(_side.Best.Price, Is.EqualTo(best));
        Assert.That(_side[0].Price, Is.EqualTo(best));
        Assert.That(_side[1].Price, Is.EqualTo(101));
        Assert.That(_side.QuantityAt(101), Is.EqualTo(3));
        Assert.That(_side.QuantityAt(103), Is.Zero);
    }

    [Test]
    public void DeletingAnUnknownPriceChangesNothing()
    {
        _side.Set(100, 1);

        Assert.That(_side.Set(99, 0), Is.True);
        Assert.That(_side.Set(101, 0), Is.True);
        Assert.That(_side.Count, Is.EqualTo(1));
    }

    [Test]
    public void EmptySideTakesDeletesAndTruncation()
    {
        Assert.That(_side.Set(100, 0), Is.True);
        _side.Truncate(10);
        _side.Clear();

        Assert.That((_side.Count, _side.HasLevels), Is.EqualTo((0, false)));
    }

    [Test]
    public void OverflowingMultiplicationChangesNothing()
    {
        _side.Set(100, 1);
        _side.Set(200, long.MaxValue / 5);

        Assert.That(_side.TryMultiply(10, 10), Is.False);
        Assert.That(_side.QuantityAt(200), Is.EqualTo(long.MaxValue / 5));
        Assert.That(_side.QuantityAt(100), Is.EqualTo(1));
        Assert.That(_side.TryMultiply(1_000_000_000_000_000_000, 1), Is.False);
        Assert.That(_side.QuantityAt(100), Is.EqualTo(1));
        Assert.That(_side.TryMultiply(10, 1), Is.True);
        Assert.That(_side.QuantityAt(2_000), Is.EqualTo(long.MaxValue / 5));
    }

    [Test]
    public void SideGrowsToItsBoundAndRefusesMore()
    {
        // Worst price first: each new level goes behind all others and nothing has to move.
        var step = TSide.Side == Side.Bid ? 1 : -1;
        var price = 2_000_000L;
        for (var count = 0; count < BookSide<TSide>.MaxLevels; count++)
        {
            Assert.That(_side.Set(price += step, 1), Is.True);
        }

        Assert.That(_side.Set(price + step, 1), Is.False);
        Assert.That(_side.Count, Is.EqualTo(BookSide<TSide>.MaxLevels));
        Assert.That(_side.Set(price, 5), Is.True, "a known price can still change");
        Assert.That(_side.Set(price, 0), Is.True);
        Assert.That(_side.Set(price + step, 1), Is.True, "room was made");
    }

    [Test]
    public void FreedSideCanBeUsedAgain()
    {
        _side.Set(100, 1);
        _side.Free();

        Assert.That(_side.HasLevels, Is.False);
        Assert.That(_side.Set(101, 2), Is.True);
        Assert.That(_side.Best.Price, Is.EqualTo(101));
    }

    private static bool RunStream(Random random, int changes, int spread = 40)
    {
        var side = default(BookSide<TSide>);
        var reference = new ReferenceBook();
        var stream = new LevelStream(random, spread);
        try
        {
            for (var change = 0; change < changes; change++)
            {
                if (random.Next(200) == 0)
                {
                    var depth = random.Next(30);
                    side.Truncate(depth);
                    reference.Truncate(TSide.Side, depth);
                }

                var (price, quantity) = stream.Next();
                side.Set(price, quantity);
                reference.Set(TSide.Side, price, quantity);
                if (side.QuantityAt(price) != quantity || (change % 64 == 0 && !SameTop(ref side, reference, 10)))
                {
                    return false;
                }
            }

            return SameTop(ref side, reference, int.MaxValue);
        }
        finally
        {
            side.Free();
        }
    }

    private static bool SameTop(ref BookSide<TSide> side, ReferenceBook reference, int rows)
    {
        var rank = 0;
        foreach (var level in reference.Levels(TSide.Side).Take(rows))
        {
            if (rank >= side.Count || side[rank].Price != level.Price || side[rank].Quantity != level.Quantity)
            {
                return false;
            }

            rank++;
        }

        return rank == Math.Min(rows, side.Count);
    }
}
