using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class ConsolidatedBookTests
{
    private readonly List<BookDefinition> _definitions = [];
    private OrderBook[] _books = [];
    private BookStatus[] _statuses = [];
    private ConsolidatedBook _merged = null!;

    [SetUp]
    public void Forget() => _definitions.Clear();

    [TearDown]
    public void FreeBooks()
    {
        foreach (ref var book in _books.AsSpan())
        {
            book.Free();
        }
    }

    [Test]
    public void RandomVenuesMergeAsTheObviousQueryDoes() => Seeded.Check(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            Forget();
            FillRandomly(new Random(seed));
            var same = true;
            foreach (var levels in new[] { 1, 10, 1_000 })
            {
                same &= Rows<BidSide>(levels).SequenceEqual(Oracle(Side.Bid, levels));
                same &= Rows<AskSide>(levels).SequenceEqual(Oracle(Side.Ask, levels));
            }

            FreeBooks();
            return same;
        }), 300);

    [Test]
    public void AtOnePriceTheLargerAmountComesFirstOnBothSides()
    {
        Make(3);
        foreach (var (book, quantity) in new[] { (0, 1), (1, 3), (2, 2) })
        {
            _books[book].Bids = OneLevel<BidSide>(100, quantity);
            _books[book].Asks = OneLevel<AskSide>(101, quantity);
        }

        Assert.That(Members<BidSide>(), Is.EqualTo(new[] { 1, 2, 0 }));
        Assert.That(Members<AskSide>(), Is.EqualTo(new[] { 1, 2, 0 }));
    }

    [Test]
    public void AtOnePriceAndAmountTheConfiguredOrderDecides()
    {
        Make(3);
        for (var book = 0; book < 3; book++)
        {
            _books[book].Bids = OneLevel<BidSide>(100, 5);
            _books[book].Asks = OneLevel<AskSide>(101, 5);
        }

        Assert.That(Members<BidSide>(), Is.EqualTo(new[] { 0, 1, 2 }));
        Assert.That(Members<AskSide>(), Is.EqualTo(new[] { 0, 1, 2 }));
    }

    [Test]
    public void AmountsOfDifferentScalesAreComparedByValue()
    {
        Make(2);
        _books[0] = new OrderBook { PriceScale = 0, QuantityScale = 0, Bids = OneLevel<BidSide>(100, 2) };
        _books[1] = new OrderBook { PriceScale = 2, QuantityScale = 3, Bids = OneLevel<BidSide>(10_000, 1_999) };

        Assert.That(Rows<BidSide>(10), Is.EqualTo(new[] { (10_000L, 2_000L, 0), (10_000L, 1_999L, 1) }));
        Assert.That((_merged.PriceScale, _merged.QuantityScale), Is.EqualTo((2, 3)));
    }

    [TestCase(BookState.Disconnected)]
    [TestCase(BookState.Connecting)]
    [TestCase(BookState.Buffering)]
    [TestCase(BookState.Suspect)]
    [TestCase(BookState.Gapped)]
    [TestCase(BookState.Stale)]
    public void BookThatIsNotLiveHasNoRowsAndNoSayInTheScale(BookState state)
    {
        Make(2);
        _books[0].Bids = OneLevel<BidSide>(100, 1);
        _books[1] = new OrderBook { PriceScale = 5, QuantityScale = 5, Bids = OneLevel<BidSide>(200, 1) };
        _statuses[1].SetState(state, 0);

        Assert.That(Members<BidSide>(), Is.EqualTo(new[] { 0 }));
        Assert.That((_merged.PriceScale, _merged.QuantityScale), Is.EqualTo((0, 0)));
    }

    [TestCase(150, 2, "3 2")]
    [TestCase(200, 2, "3 2")]
    [TestCase(201, 2, "3")]
    [TestCase(2, 0, "3 2")]
    [TestCase(0, 2, "3 2 1")]
    public void LevelsBelowTheDustQuantityStayOut(long dust, int scale, string quantities)
    {
        _definitions.Add(Definition() with { DustQuantity = dust, DustScale = scale });
        Make(1);
        _books[0].Bids.Set(100, 1);
        _books[0].Bids.Set(99, 3);
        _books[0].Bids.Set(98, 2);

        Assert.That(
            string.Join(' ', Rows<BidSide>(10).Select(static row => row.Quantity).OrderDescending()),
                Is.EqualTo(quantities));
    }

    [TestCase(2_000, 0, 2)]
    [TestCase(2_001, 0, 1)]
    [TestCase(200_000, 2, 2)]
    [TestCase(200_001, 2, 1)]
    [TestCase(6_001, 0, 0)]
    [TestCase(0, 0, 2)]
    public void LevelsBelowTheDustNotionalStayOut(long dust, int scale, int rows)
    {
        _definitions.Add(Definition() with { DustNotional = dust, DustScale = scale });
        Make(1);
        _books[0] = new OrderBook { PriceScale = 1, QuantityScale = 3 };
        _books[0].Asks.Set(10_000, 6_000);   // 1,000 x 6
        _books[0].Asks.Set(10_000 + 10_000, 1_000);   // 2,000 x 1

        Assert.That(Rows<AskSide>(10), Has.Length.EqualTo(rows));
    }

    [Test]
    public void DustNotionalBeyondAnyProductLetsNothingThrough()
    {
        _definitions.Add(Definition() with { DustNotional = 341, DustScale = 0 });
        Make(1);
        _books[0] = new OrderBook { PriceScale = 18, QuantityScale = 18 };
        _books[0].Asks = OneLevel<AskSide>(long.MaxValue, long.MaxValue);

        Assert.That(Rows<AskSide>(10), Is.Empty, "9.2 x 9.2 is less, and the limit at 36 digits does not fit 128 bits");
    }

    [Test]
    public void LevelThatDoesNotFitTheCommonScaleNamesItsBook()
    {
        Make(2);
        _books[0] = new OrderBook { PriceScale = 0, Bids = OneLevel<BidSide>(long.MaxValue / 5, 1) };
        _books[1] = new OrderBook { PriceScale = 2, Bids = OneLevel<BidSide>(10_000, 1) };

        Assert.That(Members<BidSide>(), Is.EqualTo(new[] { 1 }));
        Assert.That(_merged.HasUnfit, Is.True);
        Assert.That(_merged.TakeUnfit(), Is.Zero);
        Assert.That(_merged.TakeUnfit(), Is.EqualTo(-1));
    }

    [TestCase(101, true)]
    [TestCase(100, true)]
    [TestCase(99, false)]
    public void PriceReachesARowThatItEqualsOrBeats(long price, bool reaches)
    {
        Make(1);
        _merged.Refresh(_books, _statuses);

        Assert.That(_merged.Reaches<BidSide>(0, price, 100), Is.EqualTo(reaches));
        Assert.That(_merged.Reaches<AskSide>(0, 200 - price, 100), Is.EqualTo(reaches));
    }

    [Test]
    public void MoreVenuesThanAQuoteHoldsAreRefused()
    {
        for (var book = 0; book <= QuoteHeader.MaxMembers; book++)
        {
            _definitions.Add(Definition());
        }

        Assert.That(() => Make(_definitions.Count), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static BookDefinition Definition() => new() { Venue = "v", Symbol = "s", Instrument = 0 };

    private static LadderSide<TSide> OneLevel<TSide>(long price, long quantity)
        where TSide : struct, ISide
    {
        var side = default(LadderSide<TSide>);
        side.Set(price, quantity);
        return side;
    }

    private void Make(int count)
    {
        while (_definitions.Count < count)
        {
            _definitions.Add(Definition());
        }

        _books = new OrderBook[count];
        _statuses = [.. Enumerable.Range(0, count).Select(static _ => new BookStatus())];
        foreach (var status in _statuses)
        {
            status.SetState(BookState.Live, 0);
        }

        _merged = new ConsolidatedBook(0, [.. _definitions.Select(static (definition, book) => (book, definition))]);
    }

    private (long Price, long Quantity, int Member)[] Rows<TSide>(int levels)
        where TSide : struct, ISide
    {
        _merged.Refresh(_books, _statuses);
        var bids = new QuoteRow[levels];
        var asks = new QuoteRow[levels];
        _merged.Merge(_books, bids, asks, out var bidCount, out var askCount);
        var rows = TSide.Side == Side.Bid ? bids[..bidCount] : asks[..askCount];
        return [.. rows.Select(static row => (row.Price, row.Quantity, row.Member))];
    }

    private int[] Members<TSide>()
        where TSide : struct, ISide => [.. Rows<TSide>(10).Select(static row => row.Member)];

    private void FillRandomly(Random random)
    {
        var count = random.Next(1, 11);
        for (var book = 0; book < count; book++)
        {
            _definitions.Add(Definition() with
            {
                DustQuantity = random.Next(3) == 0 ? random.Next(300) : 0,
                DustNotional = random.Next(3) == 0 ? random.Next(300) : 0,
                DustScale = random.Next(4),
            });
        }

        Make(count);
        for (var book = 0; book < count; book++)
        {
            var (priceScale, quantityScale) = (random.Next(4), random.Next(5));
            _books[book] = new OrderBook { PriceScale = priceScale, QuantityScale = quantityScale };
            _statuses[book].SetState((BookState)random.Next(2, 5), 0);
            for (var level = 0; level < random.Next(40); level++)
            {
                var unit = (long)Math.Pow(10, priceScale);
                _books[book].Bids.Set(random.NextInt64(1, 10 * unit), AnyQuantity(random, quantityScale));
                _books[book].Asks.Set(random.NextInt64(8 * unit, 20 * unit), AnyQuantity(random, quantityScale));
            }
        }
    }

    private static long AnyQuantity(Random random, int scale) =>
        random.Next(1, 6) * (long)Math.Pow(10, random.Next(scale + 1));

    private IEnumerable<(long Price, long Quantity, int Member)> Oracle(Side side, int levels)
    {
        var live = Enumerable.Range(0, _books.Length).Where(book => _statuses[book].State == BookState.Live).ToArray();
        var priceScale = live.Select(book => _books[book].PriceScale).DefaultIfEmpty().Max();
        var quantityScale = live.Select(book => _books[book].QuantityScale).DefaultIfEmpty().Max();
        return live
            .SelectMany(book => Levels(book, side).Select(level => (level.Price, level.Quantity, Member: book)))
            .Where(row => row.Quantity >= Dust(row.Member).Quantity
                && row.Price * row.Quantity >= Dust(row.Member).Notional)
            .OrderBy(row => side == Side.Bid ? -row.Price : row.Price)
            .ThenByDescending(static row => row.Quantity)
            .ThenBy(static row => row.Member)
            .Take(levels)
            .Select(row => ((long)(row.Price * Ten(priceScale)), (long)(row.Quantity * Ten(quantityScale)),
                row.Member));
    }

    private (decimal Quantity, decimal Notional) Dust(int book)
    {
        var unit = Ten(_definitions[book].DustScale);
        return (_definitions[book].DustQuantity / unit, _definitions[book].DustNotional / unit);
    }

    private List<(decimal Price, decimal Quantity)> Levels(int book, Side side)
    {
        var (price, quantity) = (Ten(_books[book].PriceScale), Ten(_books[book].QuantityScale));
        var levels = new List<(decimal, decimal)>();
        for (var rank = 0; side == Side.Bid && rank < _books[book].Bids.Count; rank++)
        {
            levels.Add((_books[book].Bids[rank].Price / price, _books[book].Bids[rank].Quantity / quantity));
        }

        for (var rank = 0; side == Side.Ask && rank < _books[book].Asks.Count; rank++)
        {
            levels.Add((_books[book].Asks[rank].Price / price, _books[book].Asks[rank].Quantity / quantity));
        }

        return levels;
    }

    private static decimal Ten(int scale) => (decimal)Math.Pow(10, scale);
}
