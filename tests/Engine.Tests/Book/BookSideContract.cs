using System;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>
/// What <see cref="IBookSide{TSide}"/> asks of a structure, for both sides. A structure of one's own gets two lines
/// here.
/// </summary>
[TestFixture(typeof(BidSide), typeof(LadderSide<BidSide>))]
[TestFixture(typeof(AskSide), typeof(LadderSide<AskSide>))]
[TestFixture(typeof(BidSide), typeof(ReferenceSide<BidSide>))]
[TestFixture(typeof(AskSide), typeof(ReferenceSide<AskSide>))]
public sealed class BookSideContract<TSide, TLevels>
    where TSide : struct, ISide
    where TLevels : struct, IBookSide<TSide>
{
    private TLevels _side;

    [SetUp]
    public void TakeAnEmptySide() => _side = default;

    [TearDown]
    public void FreeSide() => _side.Free();

    [Test]
    public void RandomStreamsLeaveTheSameLevelsAsTheReference() => Seeded.Check(
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            static seed =>
            {
                RunStream(new Random(seed), 600, 40);
                return true;
            }),
        150);

    [Test]
    public void LongStreamWithThousandsOfLevelsStaysEqual() => RunStream(Seeded.Random(), 60_000, 20_000);

    [Test]
    public void EqualsTheReferenceOnEveryPatternOfPrices(
        [ValueSource(typeof(LadderPrices), nameof(LadderPrices.All))] string pattern)
    {
        var random = Seeded.Random();
        using var both = new SideOracle<TSide, TLevels>();
        var touch = pattern == "tiny" ? 10L : 6_183_763;
        for (var step = 0; step < 3_000; step++)
        {
            var price = Math.Max(1, LadderPrices.Next(pattern, random, step, ref touch));
            both.Set(price, random.Next(3) == 0 ? 0 : random.NextInt64(1, long.MaxValue));
            if (step % 16 == 0)
            {
                both.CheckTop();
            }

            if (random.Next(1_000) == 0)
            {
                both.Truncate(random.Next(300));
                both.CheckAll();
            }
        }

        both.CheckAll();
    }

    [Test]
    public void WideningMultipliesEveryLevelOrNone()
    {
        var random = Seeded.Random();
        using var both = new SideOracle<TSide, TLevels>();
        for (var step = 0; step < 2_000; step++)
        {
            both.Set(6_183_763 + random.Next(random.Next(10) == 0 ? 10_000_000 : 2_000), random.Next(1, 100));
        }

        foreach (var (pricePower, quantityPower) in new[] { (10L, 1L), (1L, 100L), (1_000L, 10L), (1L, 1L) })
        {
            Assert.That(both.TryMultiply(pricePower, quantityPower), Is.True);
            both.CheckAll();
            for (var step = 0; step < 500; step++)
            {
                both.Set(Math.Max(1, both.Side.Best.Price + random.Next(-2_500, 2_500)), random.Next(3));
            }

            both.CheckAll();
        }

        Assert.That(both.TryMultiply(1_000_000_000_000, 1), Is.False);
        Assert.That(both.TryMultiply(1, 1_000_000_000_000_000_000), Is.False);
        both.CheckAll();
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
    public void LevelsComeBestFirstAndThenNoMore()
    {
        _side.Set(100, 1);
        _side.Set(102, 2);
        _side.Set(101, 3);

        Level[] expected = TSide.Side == Side.Bid
            ? [new(102, 2), new(101, 3), new(100, 1)]
            : [new(100, 1), new(101, 3), new(102, 2)];
        Assert.That(_side.Best, Is.EqualTo(expected[0]));
        var cursor = _side.First;
        foreach (var level in expected)
        {
            Assert.That((_side.TryNext(ref cursor, out var next), next), Is.EqualTo((true, level)));
        }

        Assert.That(_side.TryNext(ref cursor, out _), Is.False);
        Assert.That(_side.TryNext(ref cursor, out _), Is.False, "asked again");
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
    public void EmptySideCanBeAskedAnything()
    {
        Assert.That(_side.Set(100, 0), Is.True);
        _side.Truncate(10);
        _side.Clear();
        var cursor = _side.First;

        Assert.That((_side.Count, _side.QuantityAt(100)), Is.EqualTo((0, 0L)));
        Assert.That(_side.TryNext(ref cursor, out _), Is.False);
        Assert.That(_side.TryMultiply(10, 10), Is.True);
        Assert.That(_side.Count, Is.Zero);
    }

    [Test]
    public void SideGrowsToItsBoundAndRefusesMore()
    {
        // as a snapshot comes: best price first
        var step = TSide.Side == Side.Bid ? -1 : 1;
        var price = 2_000_000L;
        var taken = 0;
        for (var count = 0; count < IBookSide<TSide>.MaxLevels; count++)
        {
            taken += _side.Set(price += step, 1) ? 1 : 0;
        }

        Assert.That(taken, Is.EqualTo(IBookSide<TSide>.MaxLevels));
        Assert.That(_side.Set(price + step, 1), Is.False);
        Assert.That(_side.Set(long.MaxValue / 2, 1), Is.False);
        Assert.That(_side.Count, Is.EqualTo(IBookSide<TSide>.MaxLevels));
        Assert.That(_side.QuantityAt(price + step), Is.Zero);
        Assert.That(_side.Set(price, 5), Is.True, "a known price can still change");
        Assert.That(_side.Set(price, 0), Is.True);
        Assert.That(_side.Set(price + step, 1), Is.True, "room was made");
    }

    [Test]
    public void FreedSideCanBeUsedAgain()
    {
        _side.Set(100, 1);
        _side.Free();

        Assert.That(_side.Count, Is.Zero);
        Assert.That(_side.Set(101, 2), Is.True);
        Assert.That(_side.Best.Price, Is.EqualTo(101));
    }

    /// <summary>The merge keeps rows of a version; one that came back would stand for other levels.</summary>
    [Test]
    public void NoVersionComesBack()
    {
        var last = _side.Version;
        Assert.That(last, Is.Not.Negative);
        foreach (var change in new Action[]
        {
            () => _side.Set(100, 1),
            () => _side.Set(100, 2),
            () => _side.Set(101, 2),
            () => _side.Truncate(1),
            () => _side.TryMultiply(10, 1),
            () => _side.Clear(),
            () => _side.Set(100, 1),
            () => _side.Free(),
            () => _side.Set(100, 1),
            () => _side.Set(100, 0),
        })
        {
            change();
            Assert.That(_side.Version, Is.GreaterThan(last));
            last = _side.Version;
        }
    }

    private static void RunStream(Random random, int changes, int spread)
    {
        using var both = new SideOracle<TSide, TLevels>();
        var stream = new LevelStream(random, spread);
        for (var change = 0; change < changes; change++)
        {
            if (random.Next(200) == 0)
            {
                both.Truncate(random.Next(30));
            }

            var (price, quantity) = stream.Next();
            both.Set(price, quantity);
            if (change % 64 == 0)
            {
                both.CheckTop();
            }
        }

        both.CheckAll();
    }
}
