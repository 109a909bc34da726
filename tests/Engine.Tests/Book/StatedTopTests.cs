using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class StatedTopTests
{
    private OrderBook _book;

    [SetUp]
    public void MakeBook()
    {
        _book = new OrderBook { PriceScale = 2, QuantityScale = 3 };
        _book.Bids.Set(10_000, 1_500);
        _book.Asks.Set(10_100, 2_000);
    }

    [TearDown]
    public void FreeBook() => _book.Free();

    [TestCase(2, 3, 10_000, 1_500, 10_100, 2_000, true)]
    [TestCase(2, 3, 10_001, 1_500, 10_100, 2_000, false)]
    [TestCase(2, 3, 10_000, 1_501, 10_100, 2_000, false)]
    [TestCase(2, 3, 10_000, 1_500, 10_101, 2_000, false)]
    [TestCase(2, 3, 10_000, 1_500, 10_100, 2_001, false)]
    [TestCase(0, 1, 100, 15, 101, 20, true)]
    [TestCase(8, 8, 10_000_000_000, 150_000_000, 10_100_000_000, 200_000_000, true)]
    [TestCase(8, 8, 10_000_000_001, 150_000_000, 10_100_000_000, 200_000_000, false)]
    public void ValuesCountAndNotScales(
        int priceScale, int quantityScale, long bid, long bidQuantity, long ask, long askQuantity, bool equal)
    {
        var item = new DepthEvent
        {
            PriceScale = (byte)priceScale,
            QuantityScale = (byte)quantityScale,
            BidCount = 1,
            AskCount = 1,
        };
        item.Bid(0) = new(bid, bidQuantity);
        item.Ask(0) = new(ask, askQuantity);

        Assert.That(StatedTop.From(ref item).Equals(ref _book), Is.EqualTo(equal));
    }

    [Test]
    public void EmptySideEqualsAnEmptySideOnly()
    {
        var item = new DepthEvent { PriceScale = 2, QuantityScale = 3, BidCount = 1 };
        item.Bid(0) = new(10_000, 1_500);
        var top = StatedTop.From(ref item);

        Assert.That(top.Equals(ref _book), Is.False);

        _book.Asks.Clear();

        Assert.That(top.Equals(ref _book), Is.True);
    }

    [Test]
    public void ValueThatDoesNotFitTheFinerScaleDiffers()
    {
        var item = new DepthEvent { PriceScale = 0, QuantityScale = 3, BidCount = 1, AskCount = 1 };
        item.Bid(0) = new(long.MaxValue, 1_500);
        item.Ask(0) = new(101, 2_000);

        Assert.That(StatedTop.From(ref item).Equals(ref _book), Is.False);
    }
}
