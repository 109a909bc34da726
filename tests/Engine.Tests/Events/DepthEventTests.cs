using System;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Tests.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Events;

public sealed class DepthEventTests
{
    [TestCase(nameof(DepthEvent.Book), 0)]
    [TestCase(nameof(DepthEvent.Kind), 4)]
    [TestCase(nameof(DepthEvent.Flags), 5)]
    [TestCase(nameof(DepthEvent.PriceScale), 6)]
    [TestCase(nameof(DepthEvent.QuantityScale), 7)]
    [TestCase(nameof(DepthEvent.BidCount), 8)]
    [TestCase(nameof(DepthEvent.AskCount), 9)]
    [TestCase(nameof(DepthEvent.Fault), 10)]
    [TestCase(nameof(DepthEvent.Checksum), 12)]
    [TestCase(nameof(DepthEvent.FirstUpdateId), 16)]
    [TestCase(nameof(DepthEvent.LastUpdateId), 24)]
    [TestCase(nameof(DepthEvent.ChecksumAlgorithm), 32)]
    [TestCase(nameof(DepthEvent.VenueUnixNanos), 40)]
    [TestCase(nameof(DepthEvent.ReceivedNanos), 48)]
    [TestCase(nameof(DepthEvent.DecodedNanos), 56)]
    [TestCase(nameof(DepthEvent.SnapshotWish), 64)]
    [TestCase("_levels", DepthEvent.HeaderBytes)]
    public void FieldLiesWhereTheDrawingSays(string field, int offset) =>
        Assert.That(FieldOffsets.Of(typeof(DepthEvent), field), Is.EqualTo(offset));

    [Test]
    public void EventAndItsSequenceFillOneKibibyte()
    {
        Assert.That(Unsafe.SizeOf<DepthEvent>(), Is.EqualTo(1_016));
        Assert.That(Unsafe.SizeOf<Level>(), Is.EqualTo(16));
        Assert.That(
            DepthEvent.HeaderBytes + (DepthEvent.LevelCapacity * Unsafe.SizeOf<Level>()), Is.EqualTo(1_016));
    }

    [TestCase(EventKind.Snapshot, 1)]
    [TestCase(EventKind.Update, 2)]
    [TestCase(EventKind.TopOfBook, 3)]
    [TestCase(EventKind.Connecting, 4)]
    [TestCase(EventKind.Subscribed, 5)]
    [TestCase(EventKind.Disconnected, 6)]
    [TestCase(EventKind.Fault, 7)]
    public void NumberOfAKindIsForGood(EventKind kind, int number) => Assert.That((int)kind, Is.EqualTo(number));

    [Test]
    public void BidsGrowFromTheFrontAndAsksFromTheBack()
    {
        var item = default(DepthEvent);
        for (var index = 0; index < DepthEvent.LevelCapacity; index++)
        {
            if (index % 2 == 0)
            {
                item.Bid(item.BidCount++) = new Level(index, 1);
            }
            else
            {
                item.Ask(item.AskCount++) = new Level(index, 2);
            }
        }

        Assert.That(item.IsFull, Is.True);
        for (var index = 0; index < item.BidCount; index++)
        {
            Assert.That(item.Bid(index).Price, Is.EqualTo(2 * index));
        }

        for (var index = 0; index < item.AskCount; index++)
        {
            Assert.That(item.Ask(index).Price, Is.EqualTo((2 * index) + 1));
        }
    }

    [Test]
    public void ClearingTheHeaderLeavesTheLevels()
    {
        var item = default(DepthEvent);
        var bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(new Span<DepthEvent>(ref item));
        bytes.Fill(0xA5);

        item.ClearHeader();

        Assert.That(bytes[..DepthEvent.HeaderBytes].IndexOfAnyExcept((byte)0), Is.EqualTo(-1));
        Assert.That(bytes[DepthEvent.HeaderBytes..].IndexOfAnyExcept((byte)0xA5), Is.EqualTo(-1));
    }
}
