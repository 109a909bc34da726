using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

public sealed class PendingUpdatesTests
{
    private PendingUpdates _pending;

    [TearDown]
    public void FreePending() => _pending.Clear();

    [Test]
    public void EventsAreKeptWholeAndInOrder()
    {
        for (var id = 0; id < 100; id++)
        {
            Append(id);
        }

        Assert.That(_pending.Count, Is.EqualTo(100));
        for (var id = 0; id < 100; id++)
        {
            Assert.That(_pending[id].LastUpdateId, Is.EqualTo(id));
            Assert.That(_pending[id].Ask(0).Price, Is.EqualTo(1_000 + id));
        }
    }

    [TestCase(0, 10)]
    [TestCase(3, 7)]
    [TestCase(10, 0)]
    public void DroppingTheFirstKeepsTheRestInOrder(int dropped, int left)
    {
        for (var id = 0; id < 10; id++)
        {
            Append(id);
        }

        _pending.DropFirst(dropped);

        Assert.That(_pending.Count, Is.EqualTo(left));
        for (var index = 0; index < left; index++)
        {
            Assert.That(_pending[index].LastUpdateId, Is.EqualTo(dropped + index));
        }
    }

    [Test]
    public void BoundIsKeptAndClearingMakesRoomAgain()
    {
        for (var id = 0; id < PendingUpdates.MaxEvents; id++)
        {
            Assert.That(Append(id), Is.True);
        }

        Assert.That(Append(0), Is.False);
        Assert.That(_pending.Count, Is.EqualTo(PendingUpdates.MaxEvents));
        Assert.That(_pending[PendingUpdates.MaxEvents - 1].LastUpdateId, Is.EqualTo(PendingUpdates.MaxEvents - 1));

        _pending.Clear();

        Assert.That(_pending.Count, Is.Zero);
        Assert.That(Append(7), Is.True);
        Assert.That(_pending[0].LastUpdateId, Is.EqualTo(7));
    }

    private bool Append(long id)
    {
        var item = new DepthEvent { LastUpdateId = id, AskCount = 1 };
        item.Ask(0) = new Level(1_000 + id, 1);
        return _pending.TryAppend(ref item);
    }
}
