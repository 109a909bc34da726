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

    [Test]
    public void MergingAllocatesNothing()
    {
        var random = Seeded.Random();
        using var market = new MergeMarket(10, static _ => (2, 3, 0));
        var rows = new QuoteRow[10];
        market.Churn(random, Touch, rows, 2_000);
        using (NoAllocation.Begin())
        {
            market.Churn(random, Touch, rows, 10_000);
        }
    }
}
