using System;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>Rows kept from merge to merge are those of a merge from nothing, whatever changed between.</summary>
public sealed class SplicedMergeTests
{
    private const long Touch = 6_183_763;

    [Test]
    public void KeptRowsEqualASortOfAllLevels(
        [Values(1, 2, 4, 10, 16)] int venues, [Values(1, 10, 40, 300)] int rows, [Values(6, 60, 5_000)] int width)
    {
        var random = Seeded.Random();
        using var market = new MergeMarket(venues, static _ => (2, 3, 0));
        for (var step = 0; step < 600; step++)
        {
            for (var changes = random.Next(8) == 0 ? random.Next(40) : 1; changes > 0; changes--)
            {
                market.Set(random.Next(venues), Touch, random.Next(width), random.Next(3) == 0 ? 0 : random.Next(1, 5));
            }

            if (random.Next(100) == 0)
            {
                market.Clear(random.Next(venues));
            }

            if (random.Next(60) == 0)
            {
                market.Flip(random.Next(venues));
            }

            market.Check(rows);
        }
    }

    [Test]
    public void ScalesAndDustAreHonoredWhileRowsAreKept()
    {
        var random = Seeded.Random();
        using var market = new MergeMarket(5, static venue => (2 - (venue % 3), 3 - (venue % 2), venue == 1
            ? 0 : 2_000));
        for (var step = 0; step < 3_000; step++)
        {
            var venue = random.Next(5);
            var coarse = (long)Math.Pow(10, venue % 3);
            market.Set(venue, Touch / coarse, random.Next(Math.Max(2, 300 / (int)coarse)), random.Next(6));
            market.Check(10);
        }
    }

    [Test]
    public void CountOfRowsMayChangeBetweenMerges()
    {
        var random = Seeded.Random();
        using var market = new MergeMarket(3, static _ => (2, 3, 0));
        for (var step = 0; step < 2_000; step++)
        {
            market.Set(random.Next(3), Touch, random.Next(200), random.Next(3));
            market.Check(random.Next(1, 60));
        }
    }

    /// <summary>
    /// Prices at any distance and quantities of any size, many venues changed at a time: rows that can be packed into a
    /// number and rows that cannot.
    /// </summary>
    [Test]
    public void RowsThatFitNoNumberAreMergedAsWell([Values(2, 5, 16)] int venues, [Values(1, 10, 14)] int rows)
    {
        var random = Seeded.Random();
        using var market = new MergeMarket(venues, static venue => (2 - (venue % 2), 3 - (venue % 3), 0));
        for (var step = 0; step < 1_500; step++)
        {
            for (var changes = random.Next(1, 3 * venues); changes > 0; changes--)
            {
                var venue = random.Next(venues);
                var coarse = venue % 2 == 0 ? 1 : 10;
                var distance = 1 << random.Next(random.Next(4) == 0 ? 22 : 6);
                var quantity = 1L << random.Next(random.Next(200) == 0 ? 56 : 30);
                market.Set(venue, Touch / coarse, distance / coarse, random.Next(3) == 0 ? 0 : quantity);
            }

            if (random.Next(100) == 0)
            {
                market.Clear(random.Next(venues));
            }

            market.Check(rows);
        }
    }

    /// <summary>The best price jumps to and fro, at once in all venues or in one after the other.</summary>
    [Test]
    public void JumpsOfTheWholeMarketAreMerged([Values(1, 4, 10)] int venues)
    {
        var random = Seeded.Random();
        using var market = new MergeMarket(venues, static venue => (2 - (venue % 2), 3, 0));
        var touch = 4L * Touch;
        for (var step = 0; step < 1_000; step++)
        {
            if (random.Next(10) == 0)
            {
                touch += random.Next(-1_000_000, 1_000_001);
            }

            for (var venue = 0; venue < venues; venue++)
            {
                if (random.Next(3) == 0)
                {
                    market.Clear(venue);
                }

                for (var level = random.Next(7); level > 0; level--)
                {
                    market.Set(venue, touch / (venue % 2 == 0 ? 1 : 10), random.Next(12), random.Next(1, 4));
                }
            }

            market.Check(10);
        }
    }

    [Test]
    public void MergingAllocatesNothing()
    {
        var random = Seeded.Random();
        using var market = new MergeMarket(10, static _ => (2, 3, 0));
        var bids = new QuoteRow[10];
        var asks = new QuoteRow[10];
        market.Churn(random, Touch, bids, asks, 2_000);
        using (NoAllocation.Begin())
        {
            market.Churn(random, Touch, bids, asks, 10_000);
        }
    }
}
