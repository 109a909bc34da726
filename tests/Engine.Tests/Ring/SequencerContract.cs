using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

/// <summary>What every sequencer owes its producers and consumers, whether one thread claims or several.</summary>
public abstract class SequencerContract
{
    private const int Capacity = 8;
    private RingBuffer<long> _ring = null!;
    private Sequence _slow = null!;
    private Sequence _fast = null!;

    [SetUp]
    public void MakeRing()
    {
        _ring = new RingBuffer<long>(Capacity);
        _slow = new Sequence();
        _fast = new Sequence();
        Use(_ring, _slow, _fast);
    }

    [TearDown]
    public void FreeRing() => _ring.Dispose();

    [Test]
    public void ClaimsStartAtZeroAndFollowEachOther()
    {
        Assert.That(ClaimAndPublish(1), Is.Zero);
        Assert.That(ClaimAndPublish(3), Is.EqualTo(3));
        Assert.That(ClaimAndPublish(1), Is.EqualTo(4));
    }

    [Test]
    public void ClaimedEventIsInvisibleUntilItIsPublished()
    {
        Assert.That(TryNext(1, out var last), Is.True);
        _ring[last] = 42;

        Assert.That(_ring.IsPublished(last), Is.False);

        Publish(last, last);

        Assert.That(_ring.IsPublished(last), Is.True);
        Assert.That(_ring[last], Is.EqualTo(42));
    }

    [Test]
    public void WholeRingCanBeClaimedAtOnce()
    {
        Assert.That(TryNext(Capacity, out var last), Is.True);
        Assert.That(last, Is.EqualTo(Capacity - 1));
    }

    [Test]
    public void MoreThanTheRingIsNeverFree()
    {
        Assert.That(TryNext(Capacity + 1, out _), Is.False);
        Assert.That(ClaimAndPublish(1), Is.Zero, "the refusal left a mark");
    }

    [Test]
    public void FullRingRefusesAndChangesNothing()
    {
        for (var sequence = 0; sequence < Capacity; sequence++)
        {
            _ring[ClaimAndPublish(1)] = 100 + sequence;
        }

        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.That(TryNext(1, out _), Is.False);
        }

        for (var sequence = 0; sequence < Capacity; sequence++)
        {
            Assert.That(_ring.IsPublished(sequence), Is.True);
            Assert.That(_ring[sequence], Is.EqualTo(100 + sequence));
        }

        _slow.Set(0);
        _fast.Set(0);
        Assert.That(TryNext(1, out var next), Is.True);
        Assert.That(next, Is.EqualTo(Capacity), "the refusals used up a sequence");
    }

    [Test]
    public void SlowestConsumerGatesTheProducer()
    {
        ClaimAndPublish(Capacity);
        _fast.Set(Capacity - 1);

        Assert.That(TryNext(1, out _), Is.False);

        _slow.Set(2);

        Assert.That(TryNext(4, out _), Is.False, "one more than the slow consumer has left");
        Assert.That(ClaimAndPublish(3), Is.EqualTo(Capacity + 2));
        Assert.That(TryNext(1, out _), Is.False);
    }

    [Test]
    public void SlotsAreUsedAgainRoundAfterRound()
    {
        for (var sequence = 0L; sequence < 5 * Capacity; sequence++)
        {
            Assert.That(TryNext(1, out var claimed), Is.True);
            _ring[claimed] = 1_000 + sequence;
            Publish(claimed, claimed);

            Assert.That(claimed, Is.EqualTo(sequence));
            Assert.That(_ring.IsPublished(sequence), Is.True);
            Assert.That(_ring.IsPublished(sequence + Capacity), Is.False, "the round after is not there");
            Assert.That(_ring[sequence], Is.EqualTo(1_000 + sequence));
            _slow.Set(sequence);
            _fast.Set(sequence);
        }
    }

    [Test]
    public void GroupIsVisibleAllAtOnce()
    {
        var barrier = new SequenceBarrier<long>(_ring);
        Assert.That(TryNext(5, out var last), Is.True);

        Assert.That(barrier.Available(0, 100), Is.EqualTo(-1));

        Publish(last - 4, last);

        Assert.That(barrier.Available(0, 100), Is.EqualTo(4));
    }

    [Test]
    public void WithoutConsumersEverySlotIsFree()
    {
        Use(_ring);
        for (var round = 0; round < 5; round++)
        {
            Assert.That(ClaimAndPublish(Capacity), Is.EqualTo(((round + 1) * Capacity) - 1));
        }

        Assert.That(TryNext(Capacity + 1, out _), Is.False);
    }

    /// <summary>Makes the sequencer under test.</summary>
    private protected abstract void Use(RingBuffer<long> ring, params Sequence[] gating);

    /// <summary>Claims.</summary>
    private protected abstract bool TryNext(int count, out long last);

    /// <summary>Publishes a claimed run.</summary>
    private protected abstract void Publish(long first, long last);

    private long ClaimAndPublish(int count)
    {
        Assert.That(TryNext(count, out var last), Is.True);
        Publish(last - count + 1, last);
        return last;
    }
}
