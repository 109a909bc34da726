using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class RecentTopsTests
{
    private readonly RecentTops _tops = new();

    [Test]
    public void TopIsTakenAtItsUpdateIdOnce()
    {
        Add(5);
        Add(7);

        Assert.That(_tops.TryTake(4, out _), Is.False);
        Assert.That(_tops.TryTake(5, out var top), Is.True);
        Assert.That(top.UpdateId, Is.EqualTo(5));
        Assert.That(_tops.TryTake(5, out _), Is.False);
        Assert.That(_tops.TryTake(7, out _), Is.True);
    }

    [Test]
    public void TopsThatTheBookJumpedOverAreDropped()
    {
        Add(20);
        Add(22);
        Add(25);

        Assert.That(_tops.TryTake(23, out _), Is.False);
        Assert.That(_tops.TryTake(22, out _), Is.False);
        Assert.That(_tops.TryTake(25, out _), Is.True);
    }

    [Test]
    public void NewestOfSeveralWithOneIdIsTaken()
    {
        Add(40, 100);
        Add(40, 101);
        var book = new OrderBook { };
        book.Bids.Set(101, 1);
        try
        {
            Assert.That(_tops.TryTake(40, out var top), Is.True);
            Assert.That(top.Equals(ref book), Is.True);
        }
        finally
        {
            book.Free();
        }
    }

    [Test]
    public void OldestGiveWayWhenThereAreTooMany()
    {
        for (var id = 100; id < 100 + 5_000; id++)
        {
            Add(id);
        }

        Assert.That(_tops.TryTake(100 + 5_000 - 4_097, out _), Is.False, "given way");
        Assert.That(_tops.TryTake(100 + 5_000 - 4_096, out _), Is.True, "the oldest of the 4,096 that are kept");
        Assert.That(_tops.TryTake(5_099, out _), Is.True);
    }

    private void Add(long id, long bid = 1)
    {
        var item = new DepthEvent { LastUpdateId = id, BidCount = 1 };
        item.Bid(0) = new(bid, 1);
        _tops.Add(ref item);
    }
}
