using System;
using System.Collections.Generic;
using System.Linq;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class OrderBookTests
{
    private OrderBook _book;

    [TearDown]
    public void FreeBook()
    {
        _book.Free();
        _book = default;
    }

    [Test]
    public void EventsOnAnyScalesLeaveTheExactValues() => Seeded.Check(
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), static seed =>
        {
            var random = new Random(seed);
            var book = new OrderBook { PriceScale = 2, QuantityScale = 3 };
            var bids = new SortedDictionary<decimal, decimal>();
            var asks = new SortedDictionary<decimal, decimal>();
            var (finestPrice, finestQuantity) = (2, 3);
            for (var message = 0; message < 60; message++)
            {
                var item = new DepthEvent { PriceScale = (byte)random.Next(6), QuantityScale = (byte)random.Next(8) };
                finestPrice = Math.Max(finestPrice, item.PriceScale);
                finestQuantity = Math.Max(finestQuantity, item.QuantityScale);
                for (var level = 0; level < random.Next(12); level++)
                {
                    var price = random.Next(1, 60) * (long)Math.Pow(10, random.Next(3));
                    var quantity = random.Next(4) == 0 ? 0 : random.Next(1, 5_000);
                    var side = random.Next(2) == 0 ? bids : asks;
                    if (side == bids)
                    {
                        item.Bid(item.BidCount++) = new Level(price, quantity);
                    }
                    else
                    {
                        item.Ask(item.AskCount++) = new Level(price, quantity);
                    }

                    var exact = price / (decimal)Math.Pow(10, item.PriceScale);
                    side.Remove(exact);
                    if (quantity != 0)
                    {
                        side[exact] = quantity / (decimal)Math.Pow(10, item.QuantityScale);
                    }
                }

                var touched = TouchedPrices.Nothing;
                if (book.Apply(ref item, ref touched, out _) != FaultCode.None)
                {
                    return false;
                }
            }

            var same = book.PriceScale == finestPrice && book.QuantityScale == finestQuantity
                && Exact(ref book.Bids, book).SequenceEqual(bids.Reverse())
                && Exact(ref book.Asks, book).SequenceEqual(asks);
            book.Free();
            return same;
        }));

    [Test]
    public void FinerEventWidensAndCoarserEventIsBroughtAlong()
    {
        Apply(0, 0, (Side.Bid, 100, 5));
        var (_, touched, widened) = Apply(2, 1, (Side.Ask, 10_150, 15));

        Assert.That(widened, Is.True);
        Assert.That((touched.Bid, touched.Ask), Is.EqualTo((long.MaxValue, long.MinValue)), "everything may differ");
        Assert.That(_book.Bids.QuantityAt(10_000), Is.EqualTo(50));

        (_, touched, widened) = Apply(1, 0, (Side.Bid, 1_001, 2));

        Assert.That(widened, Is.False);
        Assert.That(touched.Bid, Is.EqualTo(10_010), "touched prices are on the book's scale");
        Assert.That(_book.Bids.Best.Quantity, Is.EqualTo(20));
    }

    [Test]
    public void ValueThatDoesNotFitIsAFaultAndNothingIsRounded()
    {
        Apply(2, 0, (Side.Bid, 100, 5));
        var item = Event(0, 0, (Side.Bid, 7, 1), (Side.Bid, long.MaxValue / 10, 1));
        var touched = TouchedPrices.Nothing;

        Assert.That(_book.Apply(ref item, ref touched, out _), Is.EqualTo(FaultCode.ScaleOverflow));
        Assert.That(_book.Bids.Count, Is.EqualTo(1));
        Assert.That((item.Bid(0).Price, item.PriceScale), Is.EqualTo((7L, (byte)0)), "the event can be applied again");
    }

    [Test]
    public void BookThatCannotWidenSaysSo()
    {
        Apply(0, 0, (Side.Bid, long.MaxValue / 5, 5));

        var (fault, _, _) = Apply(1, 0, (Side.Bid, 1, 1));

        Assert.That(fault, Is.EqualTo(FaultCode.ScaleOverflow));
        Assert.That(_book.PriceScale, Is.Zero);
        Assert.That(_book.Bids.Best.Price, Is.EqualTo(long.MaxValue / 5));
    }

    [Test]
    public void SideThatCannotWidenLeavesTheOtherAsItIs()
    {
        Apply(0, 0, (Side.Bid, 100, 5), (Side.Ask, long.MaxValue / 5, 5));

        var (fault, _, _) = Apply(1, 0, (Side.Bid, 1, 1));

        Assert.That(fault, Is.EqualTo(FaultCode.ScaleOverflow));
        Assert.That((_book.PriceScale, _book.Bids.Best.Price), Is.EqualTo((0, 100L)));
        Assert.That(_book.Asks.Best.Price, Is.EqualTo(long.MaxValue / 5));
    }

    [TestCase(99, 100, false)]
    [TestCase(100, 100, true)]
    [TestCase(101, 100, true)]
    public void TouchingSidesAreCrossed(long bid, long ask, bool crossed)
    {
        Apply(0, 0, (Side.Bid, bid, 1), (Side.Ask, ask, 1));

        Assert.That(_book.IsCrossed, Is.EqualTo(crossed));
    }

    [Test]
    public void EmptySideIsNeverCrossed()
    {
        Apply(0, 0, (Side.Bid, 100, 1));

        Assert.That(_book.IsCrossed, Is.False);
    }

    private static IEnumerable<KeyValuePair<decimal, decimal>> Exact<TSide>(ref LadderSide<TSide> side, OrderBook book)
        where TSide : struct, ISide
    {
        var levels = new List<KeyValuePair<decimal, decimal>>();
        for (var rank = 0; rank < side.Count; rank++)
        {
            levels.Add(new KeyValuePair<decimal, decimal>(
                side[rank].Price / (decimal)Math.Pow(10, book.PriceScale),
                side[rank].Quantity / (decimal)Math.Pow(10, book.QuantityScale)));
        }

        return levels;
    }

    private static DepthEvent Event(int priceScale, int quantityScale,
        params (Side Side, long Price, long Quantity)[] levels)
    {
        var item = new DepthEvent { PriceScale = (byte)priceScale, QuantityScale = (byte)quantityScale };
        foreach (var (side, price, quantity) in levels)
        {
            if (side == Side.Bid)
            {
                item.Bid(item.BidCount++) = new Level(price, quantity);
            }
            else
            {
                item.Ask(item.AskCount++) = new Level(price, quantity);
            }
        }

        return item;
    }

    private (FaultCode Fault, TouchedPrices Touched, bool Widened) Apply(
        int priceScale, int quantityScale, params (Side Side, long Price, long Quantity)[] levels)
    {
        var item = Event(priceScale, quantityScale, levels);
        var touched = TouchedPrices.Nothing;
        var fault = _book.Apply(ref item, ref touched, out var widened);
        return (fault, touched, widened);
    }
}
