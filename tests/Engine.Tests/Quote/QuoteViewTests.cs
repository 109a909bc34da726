using System;
using System.Linq;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Quote;

public sealed class QuoteViewTests
{
    [Test]
    public void RandomQuotesAreRankedAsTheOracleRanksThem() => Seeded.Check(
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            static seed =>
            {
                var random = new Random(seed);
                Compare(random, random.Next(1, 60), random.Next(1, 17));
                return true;
            }),
        300);

    [Test]
    public void ThousandLevelsOfTenVenuesAreRankedAsTheOracleRanksThem()
    {
        var random = Seeded.Random();
        for (var turn = 0; turn < 10; turn++)
        {
            Compare(random, 1_000, 10);
        }
    }

    /// <summary>Sure rows are those that the whole market would show, though the quote left most of it out.</summary>
    [Test]
    public void SureRowsAreThoseOfTheWholeMarket() => Seeded.Check(
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            static seed =>
            {
                var random = new Random(seed);
                var venues = random.Next(1, 6);
                var fees = Fees(random, venues);
                using var quote = new ViewedQuote(random.Next(1, 30), venues);
                quote.Fill(random, 1_000_000, random.Next(1, 5_000), 20);
                var view = new QuoteView(random.Next(1, 40), [.. fees.Select(static fee => new FeeRate(fee))]);
                view.Take(quote.Reader);

                AssertSure(view.Bids, view.SureBids, Side.Bid);
                AssertSure(view.Asks, view.SureAsks, Side.Ask);
                return true;

                void AssertSure(ReadOnlySpan<ViewRow> rows, int sure, Side side)
                {
                    var all = side == Side.Bid ? quote.AllBids : quote.AllAsks;
                    Assert.That(sure, Is.LessThanOrEqualTo(rows.Length));
                    Assert.That(ViewOracle.Text(rows[..sure]), Is.EqualTo(ViewOracle.Rank(side, all, fees).Take(sure)));
                }
            }),
        500);

    [Test]
    public void WithOneFeeForAllEveryRowIsSure()
    {
        var random = Seeded.Random();
        using var quote = new ViewedQuote(10, 3);
        quote.Fill(random, 1_000_000, 30, 20);
        var view = new QuoteView(10, [new FeeRate(500), new FeeRate(500), new FeeRate(500)]);

        view.Take(quote.Reader);

        Assert.That((view.SureBids, view.SureAsks), Is.EqualTo((view.Bids.Length, view.Asks.Length)));
    }

    /// <summary>A venue that is not live has left no level out, however low its fee.</summary>
    [Test]
    public void FeeOfAVenueThatIsNotLiveCastsNoDoubt()
    {
        using var quote = new ViewedQuote(2, 2);
        quote.AllAsks.AddRange([(100, 1, 0), (101, 1, 0)]);
        quote.Write(static (member, _) => member == 0 ? BookState.Live : BookState.Gapped);
        var view = new QuoteView(2, [new FeeRate(20_000), new FeeRate(0)]);
        view.Take(quote.Reader);
        Assert.That(view.SureAsks, Is.EqualTo(2));

        quote.Write(static (_, _) => BookState.Live);
        view.Take(quote.Reader);
        Assert.That(view.SureAsks, Is.Zero, "the other venue may have an ask at 101 without a fee");
    }

    [Test]
    public void FeesReorderVenuesAndRebatesToo()
    {
        using var quote = new ViewedQuote(10, 3);
        quote.AllBids.AddRange([(9_999, 5, 0), (9_998, 5, 1), (9_990, 5, 2)]);
        quote.AllAsks.AddRange([(10_000, 5, 0), (10_001, 5, 1), (10_010, 5, 2)]);
        quote.Write(static (_, _) => BookState.Live);
        var view = new QuoteView(10, [new FeeRate(1_000), new FeeRate(100), new FeeRate(-1_000)]);

        view.Take(quote.Reader);

        Assert.That((view.PriceScale, view.QuantityScale), Is.EqualTo((8, 5)));
        Assert.That(view.Asks.ToArray().Select(static row => (row.Member, (long)row.Price)), Is.EqualTo(new[]
        {
            (2, 9_999_990_000L), (1, 10_002_000_100L), (0, 10_010_000_000L),
        }));
        Assert.That(view.Bids.ToArray().Select(static row => (row.Member, (long)row.Price)), Is.EqualTo(new[]
        {
            (2, 9_999_990_000L), (1, 9_997_000_200L), (0, 9_989_001_000L),
        }));
        Assert.That((view.HasSpread, view.Spread), Is.EqualTo((true, (Int128)0)));
    }

    [Test]
    public void EqualPricesGoByAmountAndThenByVenue()
    {
        using var quote = new ViewedQuote(10, 3);
        quote.AllAsks.AddRange([(100, 1, 0), (100, 2, 2), (100, 1, 1)]);
        quote.Write(static (_, _) => BookState.Live);
        var view = new QuoteView(10, [new FeeRate(7), new FeeRate(7), new FeeRate(7)]);

        view.Take(quote.Reader);

        Assert.That(view.Asks.ToArray().Select(static row => row.Member), Is.EqualTo(new[] { 2, 0, 1 }));
    }

    [Test]
    public void PricesOfSixtyFourBitsStayExact()
    {
        using var quote = new ViewedQuote(1, 1);
        quote.AllAsks.Add((long.MaxValue, 1, 0));
        quote.AllBids.Add((long.MaxValue, 1, 0));
        quote.Write(static (_, _) => BookState.Live);
        var view = new QuoteView(1, [new FeeRate(999_999)]);

        view.Take(quote.Reader);

        Assert.That(view.Asks[0].Price, Is.EqualTo((Int128)long.MaxValue * 1_999_999));
        Assert.That(view.Bids[0].Price, Is.EqualTo((Int128)long.MaxValue));
    }

    [Test]
    public void SubscriberOfFewerLevelsSeesOnlyWhatItsLevelsShow()
    {
        using var quote = new ViewedQuote(10, 2);
        quote.AllAsks.AddRange([(100, 1, 0), (101, 1, 1), (102, 1, 0)]);
        quote.Write(static (_, _) => BookState.Live);
        var view = new QuoteView(2);

        Assert.That(view.Take(quote.Reader), Is.True, "the first one");
        Assert.That(ViewOracle.Text(view.Asks), Is.EqualTo(new[] { "100 100 1 0", "101 101 1 1" }));
        Assert.That((view.PriceScale, view.SureAsks), Is.EqualTo((2, 2)));
        Assert.That((view.HasSpread, view.Spread), Is.EqualTo((false, (Int128)0)));

        quote.AllAsks[2] = (103, 1, 0);
        quote.Write(static (_, _) => BookState.Live);
        Assert.That(view.Take(quote.Reader), Is.False, "a change behind its last level");

        quote.AllAsks[1] = (101, 2, 1);
        quote.Write(static (_, _) => BookState.Live);
        Assert.That(view.Take(quote.Reader), Is.True, "a quantity");

        quote.AllAsks.RemoveRange(1, 2);
        quote.Write(static (_, _) => BookState.Live);
        Assert.That(view.Take(quote.Reader), Is.True, "a row less");

        quote.Write(static (member, _) => member == 1 ? BookState.Gapped : BookState.Live);
        Assert.That(view.Take(quote.Reader), Is.True, "a state");
        Assert.That(view.Take(quote.Reader), Is.False, "the same again");
    }

    [Test]
    public void OneFeeForEachVenueIsAskedFor()
    {
        using var quote = new ViewedQuote(1, 2);
        quote.Write(static (_, _) => BookState.Live);
        var view = new QuoteView(1, [new FeeRate(1)]);

        Assert.That(
            () => view.Take(quote.Reader),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("2 venues and the view 1 fees"));
    }

    [TestCase(0)]
    [TestCase(1_001)]
    public void LevelsOutOfRangeAreRefused(int levels) =>
        Assert.That(() => new QuoteView(levels), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    [NonParallelizable]
    [Category(Categories.Allocation)]
    public void ViewsAllocateNothing()
    {
        var random = Seeded.Random();
        using var quote = new ViewedQuote(100, 10);
        quote.Fill(random, 1_000_000, 500, 60);
        var view = new QuoteView(50, [.. Fees(random, 10).Select(static fee => new FeeRate(fee))]);
        view.Take(quote.Reader);
        using (NoAllocation.Begin())
        {
            for (var turn = 0; turn < 1_000; turn++)
            {
                view.Take(quote.Reader);
            }
        }
    }

    private static void Compare(Random random, int levels, int venues)
    {
        using var quote = new ViewedQuote(levels, venues);
        var wanted = random.Next(1, levels + 1);
        var fees = random.Next(4) == 0 ? [] : Fees(random, venues);
        var view = new QuoteView(wanted, [.. fees.Select(static fee => new FeeRate(fee))]);
        for (var turn = 0; turn < 3; turn++)
        {
            var middle = random.Next(5) == 0 ? long.MaxValue / 2 : 1_000_000;
            quote.Fill(random, middle, random.NextInt64(1, 20L * levels), 2 + (2 * levels / venues));
            view.Take(quote.Reader);

            Assert.That(
                ViewOracle.Text(view.Bids),
                Is.EqualTo(ViewOracle.Rank(Side.Bid, quote.Best(Side.Bid), fees).Take(wanted)));
            Assert.That(
                ViewOracle.Text(view.Asks),
                Is.EqualTo(ViewOracle.Rank(Side.Ask, quote.Best(Side.Ask), fees).Take(wanted)));
        }
    }

    /// <summary>From rebates to fees beyond any venue's; often equal ones.</summary>
    private static int[] Fees(Random random, int venues) =>
        [.. Enumerable.Range(0, venues).Select(_ => random.Next(4) == 0 ? 1_000 : random.Next(-500, 4_000))];
}
