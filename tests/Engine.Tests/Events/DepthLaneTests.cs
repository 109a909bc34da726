using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Events;

public sealed class DepthLaneTests
{
    private const int Capacity = 4;
    private DepthLane _lane = null!;

    [SetUp]
    public void MakeLane() => _lane = new DepthLane(Capacity);

    [TearDown]
    public void FreeLane() => _lane.Dispose();

    [Test]
    public void MessageIsInvisibleUntilCommitted()
    {
        _lane.TryBegin(3, EventKind.Update);
        _lane.TryAdd(Side.Bid, 10, 1);

        Assert.That(_lane.IsOpen, Is.True);
        Assert.That(_lane.Ring.IsPublished(0), Is.False);

        _lane.Commit(77);

        Assert.That(_lane.IsOpen, Is.False);
        Assert.That(_lane.Ring.IsPublished(0), Is.True);
        ref var item = ref _lane.Ring[0];
        Assert.That(item.Flags, Is.EqualTo(EventFlags.Whole));
        Assert.That((item.Book, item.Kind, item.DecodedNanos), Is.EqualTo((3, EventKind.Update, 77L)));
        Assert.That((item.BidCount, item.AskCount), Is.EqualTo(((byte)1, (byte)0)));
    }

    [Test]
    public void AbandonedMessageLeavesNoTrace()
    {
        _lane.TryBegin(1, EventKind.Update);
        _lane.TryAdd(Side.Ask, 10, 1);
        _lane.Current.Checksum = 99;
        _lane.Abandon();
        _lane.TryBegin(2, EventKind.Snapshot);
        _lane.Commit(1);

        Assert.That(_lane.PublishedCount, Is.EqualTo(1));
        Assert.That((_lane.Ring[0].Book, _lane.Ring[0].AskCount, _lane.Ring[0].Checksum), Is.EqualTo((2, (byte)0, 0u)));
    }

    [Test]
    public void LargeMessageSpansSlotsThatAllCarryItsFields()
    {
        _lane.TryBegin(5, EventKind.Snapshot);
        _lane.Current.PriceScale = 2;
        _lane.Current.QuantityScale = 3;
        for (var price = 1; price <= 150; price++)
        {
            Assert.That(_lane.TryAdd(price % 3 == 0 ? Side.Ask : Side.Bid, price, price), Is.True);
        }

        Assert.That(_lane.OpenSlots, Is.EqualTo(3));
        _lane.Current.LastUpdateId = 42;
        _lane.Current.FirstUpdateId = 40;
        _lane.Current.Checksum = 7;
        _lane.Current.ChecksumAlgorithm = ChecksumAlgorithm.CrcOfTenLevelDigits;
        _lane.Current.VenueUnixNanos = 1_000;
        _lane.Current.ReceivedNanos = 2_000;
        _lane.Commit(3_000);

        var flags = new[] { EventFlags.First, EventFlags.None, EventFlags.Last };
        var levels = 0;
        for (var sequence = 0; sequence < 3; sequence++)
        {
            ref var item = ref _lane.Ring[sequence];
            levels += item.BidCount + item.AskCount;
            Assert.That(_lane.Ring.IsPublished(sequence), Is.True);
            Assert.That(item.Flags, Is.EqualTo(flags[sequence]));
            Assert.That((item.Book, item.Kind, item.PriceScale, item.QuantityScale),
                Is.EqualTo((5, EventKind.Snapshot, (byte)2, (byte)3)));
            Assert.That((item.FirstUpdateId, item.LastUpdateId, item.Checksum, item.ChecksumAlgorithm),
                Is.EqualTo((40L, 42L, 7u, ChecksumAlgorithm.CrcOfTenLevelDigits)));
            Assert.That((item.VenueUnixNanos, item.ReceivedNanos, item.DecodedNanos),
                Is.EqualTo((1_000L, 2_000L, 3_000L)));
        }

        Assert.That(levels, Is.EqualTo(150));
    }

    [Test]
    public void FullLaneRefusesAMessageAndTakesItAgainWhenTheConsumerHasMoved()
    {
        for (var message = 0; message < Capacity; message++)
        {
            Assert.That(_lane.TryBegin(message, EventKind.Update), Is.True);
            _lane.Commit(0);
        }

        Assert.That(_lane.TryBegin(9, EventKind.Update), Is.False);
        Assert.That(_lane.IsOpen, Is.False);
        Assert.That(_lane.PublishedCount, Is.EqualTo(Capacity));
        Assert.That(_lane.Ring[0].Book, Is.Zero, "the oldest event is untouched");

        _lane.Consumed.Set(0);

        Assert.That(_lane.TryBegin(9, EventKind.Update), Is.True);
    }

    [Test]
    public void MessageLargerThanTheRoomIsRefusedAndCanBeAbandoned()
    {
        _lane.TryBegin(0, EventKind.Update);
        _lane.Commit(0);
        _lane.TryBegin(1, EventKind.Snapshot);
        var added = 0;
        while (_lane.TryAdd(Side.Bid, added + 1, 1))
        {
            added++;
        }

        Assert.That(added, Is.EqualTo((Capacity - 1) * DepthEvent.LevelCapacity));
        _lane.Abandon();
        Assert.That(_lane.Ring.IsPublished(1), Is.False);
        Assert.That(_lane.TryBegin(2, EventKind.Update), Is.True);
        Assert.That(_lane.OpenSlots, Is.EqualTo(1));
    }

    [Test]
    public void OpenMessageMovesToFinerScalesInEverySlot()
    {
        _lane.TryBegin(0, EventKind.Snapshot);
        for (var price = 1; price <= 100; price++)
        {
            _lane.TryAdd(price % 2 == 0 ? Side.Ask : Side.Bid, price, 2 * price);
        }

        Assert.That(_lane.TryWiden(2, 1), Is.True);
        _lane.Commit(0);

        Assert.That(_lane.Ring[0].Bid(0).Price, Is.EqualTo(100));
        Assert.That(_lane.Ring[0].Ask(0).Quantity, Is.EqualTo(40));
        Assert.That((_lane.Ring[1].PriceScale, _lane.Ring[1].QuantityScale), Is.EqualTo(((byte)2, (byte)1)));
        Assert.That(_lane.Ring[1].Bid(_lane.Ring[1].BidCount - 1).Price, Is.EqualTo(9_900));
    }

    [Test]
    public void ValueThatDoesNotFitTheFinerScaleIsRefused()
    {
        _lane.TryBegin(0, EventKind.Update);
        _lane.TryAdd(Side.Bid, long.MaxValue / 10, 1);

        Assert.That(_lane.TryWiden(1, 0), Is.True);
        Assert.That(_lane.TryWiden(2, 0), Is.False);
    }
}
