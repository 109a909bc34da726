using System;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

public sealed class RingBufferTests
{
    [TestCase(0)]
    [TestCase(1)]
    [TestCase(-8)]
    [TestCase((1 << 24) + 1)]
    [TestCase(1 << 25)]
    public void CapacityOutOfRangeIsRefused(int capacity) =>
        Assert.That(() => new RingBuffer<long>(capacity), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void CapacityThatIsNoPowerOfTwoIsRefusedByName() =>
        Assert.That(
            () => new RingBuffer<long>(12),
            Throws.InstanceOf<ArgumentException>().With.Message.Contains("power of two, not 12"));

    [Test]
    public void NothingIsPublishedAtFirst([Values] SequenceLayout layout)
    {
        using var ring = new RingBuffer<long>(4, layout: layout);

        for (var sequence = 0; sequence < 12; sequence++)
        {
            Assert.That(ring.IsPublished(sequence), Is.False);
        }
    }

    [Test]
    public void SlotsAreWholeCacheLinesAndAligned()
    {
        using var bytes = new RingBuffer<byte>(4);
        using var notices = new RingBuffer<Notice>(4);
        using var depth = new RingBuffer<DepthEvent>(4);

        Assert.That(bytes.SlotBytes, Is.EqualTo(64));
        Assert.That(notices.SlotBytes, Is.EqualTo(128));
        Assert.That(depth.SlotBytes, Is.EqualTo(1_024));
        Assert.That(AddressModulo(ref depth[0], 128), Is.EqualTo(8), "the event follows its sequence");
        Assert.That(Unsafe.ByteOffset(ref depth[0], ref depth[1]), Is.EqualTo((nint)1_024));
        Assert.That(Unsafe.AreSame(ref depth[1], ref depth[5]), Is.True, "the ring wraps");
    }

    [Test]
    public void SequencesApartLeaveTheLinesToTheEvents()
    {
        using var bytes = new RingBuffer<byte>(4, layout: SequenceLayout.Apart);
        using var octets = new RingBuffer<Octet>(4, layout: SequenceLayout.Apart);

        Assert.That(bytes.SlotBytes, Is.EqualTo(64));
        Assert.That(Unsafe.SizeOf<Octet>(), Is.EqualTo(64), "what the test is about");
        Assert.That(octets.SlotBytes, Is.EqualTo(64));
        Assert.That(AddressModulo(ref octets[0], 128), Is.Zero);
    }

    [Test]
    public void PublishingTouchesNoEvent([Values] SequenceLayout layout)
    {
        using var ring = new RingBuffer<Octet>(4, layout: layout);
        for (var sequence = 0L; sequence < 4; sequence++)
        {
            ring[sequence].Fill(sequence + 1);
        }

        for (var sequence = 0L; sequence < 4; sequence++)
        {
            ring.Publish(sequence);
        }

        for (var sequence = 0L; sequence < 4; sequence++)
        {
            Assert.That(ring[sequence].IsWhole, Is.True);
            Assert.That(ring[sequence].A, Is.EqualTo(sequence + 1));
            Assert.That(ring.IsPublished(sequence), Is.True);
            Assert.That(ring.IsPublished(sequence + 4), Is.False);
        }
    }

    [Test]
    public void DisposingTwiceIsHarmless()
    {
        var ring = new RingBuffer<long>(4);
        ring.Dispose();

        Assert.That(ring.Dispose, Throws.Nothing);
    }

    private static unsafe long AddressModulo<T>(ref T item, int modulo) => (long)Unsafe.AsPointer(ref item) % modulo;
}
