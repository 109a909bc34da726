using System.Collections.Generic;
using System.Linq;
using FsCheck.Fluent;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Venues;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Exchange.Tests.Market;

internal sealed class SimulatedMarketTests
{
    [Test]
    public void SameSeedGivesTheSameEvents()
    {
        var (first, firstBooks) = Open(42);
        var (second, secondBooks) = Open(42);
        for (var step = 0; step < 500; step++)
        {
            first.Step();
            second.Step();
            for (var i = 0; i < firstBooks.Count; i++)
            {
                Assert.That(secondBooks[i].Changes, Is.EqualTo(firstBooks[i].Changes));
            }
        }

        Assert.That(firstBooks.Sum(book => book.Bids.Count), Is.GreaterThan(0));
    }

    [Test]
    public void AnotherSeedGivesOtherEvents()
    {
        var (first, firstBooks) = Open(42);
        var (second, secondBooks) = Open(43);
        for (var step = 0; step < 50; step++)
        {
            first.Step();
            second.Step();
        }

        Assert.That(Levels(secondBooks[0].Bids), Is.Not.EqualTo(Levels(firstBooks[0].Bids)));
    }

    [Test]
    public void ReplayingTheChangesGivesTheBook()
    {
        var (market, books) = Open(5);
        var copies = books.Select(book => Levels(book.Bids).ToDictionary()).ToList();
        for (var step = 0; step < 1000; step++)
        {
            market.Step();
            for (var i = 0; i < books.Count; i++)
            {
                foreach (var change in books[i].Changes.Where(change => change.Side == Side.Bid))
                {
                    copies[i][change.Ticks] = change.Lots;
                }
            }
        }

        for (var i = 0; i < books.Count; i++)
        {
            var left = copies[i].Where(level => level.Value != 0).OrderByDescending(level => level.Key);
            Assert.That(Levels(books[i].Bids), Is.EqualTo(left));
        }
    }

    [Test]
    public void BooksNeverCrossAndStayDeep() => Seeded.Check(
        Prop.ForAll<int>(seed =>
        {
            var (market, books) = Open(seed);
            for (var step = 0; step < 300; step++)
            {
                market.Step();
                foreach (var book in books)
                {
                    if (book.Bids.TicksAt(0) >= book.Asks.TicksAt(0) || book.Bids.Count < 200 || book.Asks.Count < 200)
                    {
                        return false;
                    }
                }
            }

            return true;
        }),
        runs: 20);

    [Test]
    public void MergedBookLooksLikeAMarket()
    {
        var (market, books) = Open(11, "BTC/USDT");
        var (samples, withMost, sharedPrices) = (0, 0, 0);
        var shown = new int[books.Count];
        for (var step = 0; step < 60_000; step++)
        {
            market.Step();
            if (step % 50 != 0)
            {
                continue;
            }

            samples++;
            var (bids, asks) = (Top(books, bids: true).ToHashSet(), Top(books, bids: false).ToHashSet());
            withMost += bids.Count >= 3 && asks.Count >= 3 ? 1 : 0;
            foreach (var venue in bids.Intersect(asks))
            {
                shown[venue]++;
            }

            var prices = books.SelectMany(book => Prices(book, 30)).ToList();
            sharedPrices += prices.Distinct().Count() < prices.Count ? 1 : 0;
        }

        TestContext.Out.WriteLine(
            $"three venues in both tops: {withMost} of {samples}, each: {string.Join(' ', shown)}; "
            + $"shared prices: {sharedPrices}");
        Assert.That(withMost, Is.GreaterThan(samples * 0.9), "rows of several venues in the merged top");
        Assert.That(shown, Has.All.GreaterThan(samples * 0.3), "no venue is far from the others");
        Assert.That(sharedPrices, Is.GreaterThan(samples * 0.5), "venues share prices");
    }

    [Test]
    public void SidesKeepTheirOrderUnderAnySequenceOfChanges() => Seeded.Check(
        Prop.ForAll<(byte Price, byte Size)[]>(changes =>
        {
            var side = new SimulatedSide(Side.Bid);
            var oracle = new SortedDictionary<long, long>();
            foreach (var (price, size) in changes)
            {
                side.Set(price + 1, size % 4);
                oracle[price + 1] = size % 4;
            }

            return Levels(side).SequenceEqual(oracle.Where(level => level.Value != 0).Reverse());
        }));

    private static IEnumerable<KeyValuePair<long, long>> Levels(SimulatedSide side) => Enumerable.Range(0, side.Count)
        .Select(rank => KeyValuePair.Create(side.TicksAt(rank), side.LotsAt(rank)));

    private static IEnumerable<decimal> Prices(SimulatedBook book, int count) => Enumerable.Range(0, count)
        .Select(rank => book.Bids.TicksAt(rank) / Pow10.Decimal(book.Listing.PriceDecimals));

    /// <summary>Which books the best rows of all come from, as many as make two of each book.</summary>
    private static IEnumerable<int> Top(IReadOnlyList<SimulatedBook> books, bool bids)
    {
        var rows = books.SelectMany((book, index) => Enumerable.Range(0, 10).Select(rank =>
        {
            var ticks = bids ? -book.Bids.TicksAt(rank) : book.Asks.TicksAt(rank);
            return (Price: ticks / Pow10.Decimal(book.Listing.PriceDecimals), Index: index);
        }));
        return rows.OrderBy(row => row.Price).Take(2 * books.Count).Select(row => row.Index);
    }

    private static (SimulatedMarket Market, List<SimulatedBook> Books) Open(int seed, params string[] names)
    {
        var market = new SimulatedMarket(seed);
        var instruments = InstrumentProfile.Select(names.Length == 0 ? null : names);
        var books = VenueRegistry.All
            .SelectMany(venue => instruments.Select(venue.List).OfType<Listing>()
                .Select(listing => market.List(venue.Name, listing, venue.Flow)))
            .ToList();
        return (market, books);
    }
}
