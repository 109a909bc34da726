using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>The ladder with its overflow is the reference book, whatever the prices do.</summary>
public sealed class LadderSideTests
{
    private const long Touch = 6_183_763;

    [Test]
    public void EqualsTheReferenceOnEveryPatternOfPrices([ValueSource(typeof(LadderPrices),
        nameof(LadderPrices.All))] string pattern)
    {
        var random = Seeded.Random();
        Drive<BidSide>(pattern, random);
        Drive<AskSide>(pattern, random);
    }

    [Test]
    public void SortedSnapshotsLoadFromEitherEnd([Values] bool bestFirst, [Values(1, 7, 33, 500, 5_000,
        60_000)] int levels)
    {
        var random = Seeded.Random();
        using var bids = new LadderSideOracle<BidSide>();
        using var asks = new LadderSideOracle<AskSide>();
        for (var index = 0; index < levels; index++)
        {
            var place = bestFirst ? index : levels - 1 - index;
            bids.Set(Touch - place, 1 + random.Next(1_000));
            asks.Set(Touch + 1 + (place * 10L), 1 + random.Next(1_000));
        }

        bids.CheckAll();
        asks.CheckAll();
    }

    [Test]
    public void TruncationKeepsTheBest([Values(1, 10, 25, 100, 1_000)] int depth)
    {
        var random = Seeded.Random();
        using var bids = new LadderSideOracle<BidSide>();
        using var asks = new LadderSideOracle<AskSide>();
        var touch = Touch;
        for (var step = 0; step < 4_000; step++)
        {
            touch += random.Next(-20, 21);
            var far = random.Next(50) == 0 ? 100_000 : 1;
            bids.Set(touch - (random.Next(depth + 20) * far), random.Next(4));
            asks.Set(touch + (random.Next(depth + 20) * far), random.Next(4));
            bids.Truncate(depth);
            asks.Truncate(depth);
            bids.CheckTop();
            asks.CheckTop();
        }

        bids.CheckAll();
        asks.CheckAll();
    }

    [Test]
    public void WideningMultipliesEveryLevelOrNone()
    {
        var random = Seeded.Random();
        using var asks = new LadderSideOracle<AskSide>();
        for (var step = 0; step < 2_000; step++)
        {
            asks.Set(Touch + (random.Next(10) == 0
                ? random.Next(10_000_000) : random.Next(2_000)), random.Next(1, 100));
        }

        foreach (var (pricePower, quantityPower) in new[] { (10L, 1L), (1L, 100L), (1_000L, 10L), (1L, 1L) })
        {
            Assert.That(asks.TryMultiply(pricePower, quantityPower), Is.True);
            asks.CheckAll();
            for (var step = 0; step < 500; step++)
            {
                asks.Set(asks.Side.Best.Price + random.Next(5_000), random.Next(3));
            }

            asks.CheckAll();
        }

        Assert.That(asks.TryMultiply(1_000_000_000_000, 1), Is.False);
        Assert.That(asks.TryMultiply(1, 1_000_000_000_000_000_000), Is.False);
        asks.CheckAll();
    }

    [Test]
    public void ClearedSideLearnsTheNextMarket()
    {
        var random = Seeded.Random();
        using var bids = new LadderSideOracle<BidSide>();
        foreach (var (touch, spacing) in new[] { (Touch, 1L), (1_000_000_000_000L, 1_000_000L), (50L, 1L), (7_000L,
            10L) })
        {
            bids.Clear();
            bids.CheckAll();
            for (var step = 0; step < 2_000; step++)
            {
                bids.Set(Math.Max(1, touch - (random.Next(300) * spacing)), random.Next(4));
            }

            bids.CheckAll();
        }
    }

    [Test]
    public void MemoryStaysBoundedWhenLevelsComeAndGo()
    {
        var random = Seeded.Random();
        using var asks = new LadderSideOracle<AskSide>();
        var waves = 0;
        for (; waves < 6; waves++)
        {
            for (var index = 0; index < 20_000; index++)
            {
                asks.Set(Touch + random.NextInt64(1L << 40), 1);
            }

            foreach (var level in asks.Levels())
            {
                if (random.Next(100) != 0)
                {
                    asks.Set(level.Price, 0);
                }
            }

            asks.CheckAll();
        }

        Assert.That(waves, Is.EqualTo(6));
    }

    [Test]
    public void FullSideRefusesOneMoreLevelAndNothingElse()
    {
        var side = default(LadderSide<BidSide>);
        try
        {
            for (var index = 0; index < IBookSide<BidSide>.MaxLevels; index++)
            {
                Assert.That(side.Set(index + 1, 1), Is.True);
            }

            Assert.That(side.Set(IBookSide<BidSide>.MaxLevels + 1, 1), Is.False);
            Assert.That(side.Set(1L << 50, 1), Is.False);
            Assert.That(side.Count, Is.EqualTo(IBookSide<BidSide>.MaxLevels));
            Assert.That(side.Best.Price, Is.EqualTo(IBookSide<BidSide>.MaxLevels));
            Assert.That(side.Set(5, 2), Is.True);
            Assert.That(side.Set(6, 0), Is.True);
            Assert.That(side.Set(1L << 50, 1), Is.True);
            Assert.That(side.NativeBytes,
                Is.LessThanOrEqualTo(LadderSide<BidSide>.MaxBytes(IBookSide<BidSide>.MaxLevels)));
        }
        finally
        {
            side.Free();
        }
    }

    [Test]
    public void NothingIsAllocatedOnTheManagedHeap()
    {
        var random = Seeded.Random();
        var side = default(LadderSide<AskSide>);
        var touch = Touch;
        Churn(ref side, random, ref touch, 2_000);
        using (NoAllocation.Begin())
        {
            Churn(ref side, random, ref touch, 20_000);
        }

        side.Free();
    }

    private static void Churn(ref LadderSide<AskSide> side, Random random, ref long touch, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            touch += random.Next(-200, 201);
            side.Set(touch + (random.Next(8) == 0 ? random.Next(1_000_000) : random.Next(500)), random.Next(3));
            var cursor = side.First;
            while (side.TryNext(ref cursor, out var level) && level.Price < touch)
            {
            }
        }

        side.Truncate(100);
        side.TryMultiply(1, 1);
    }

    private static void Drive<TSide>(string pattern, Random random)
        where TSide : struct, ISide
    {
        using var both = new LadderSideOracle<TSide>();
        var touch = pattern == "tiny" ? 10 : Touch;
        for (var step = 0; step < 12_000; step++)
        {
            var price = Math.Max(1, LadderPrices.Next(pattern, random, step, ref touch));
            both.Set(price, random.Next(3) == 0 ? 0 : random.NextInt64(1, long.MaxValue));
            if (step % 16 == 0)
            {
                both.CheckTop();
            }

            if (step % 1_000 == 999)
            {
                both.CheckAll();
            }

            if (pattern != "deep" && random.Next(3_000) == 0)
            {
                both.Truncate(random.Next(300));
            }
        }

        both.CheckAll();
    }
}
