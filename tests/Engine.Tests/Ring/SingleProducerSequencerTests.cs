using System;
using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

public sealed class SingleProducerSequencerTests : SequencerContract
{
    private SingleProducerSequencer<long> _sequencer = null!;

    [Test]
    public void ClaimsAreNotRemembered()
    {
        _sequencer.TryNext(3, out _);
        _sequencer.TryNext(1, out var last);

        Assert.That(last, Is.Zero);
    }

    [Test]
    public void ClaimingAgainWithALargerCountExtends()
    {
        _sequencer.TryNext(1, out _);
        Assert.That(_sequencer.TryNext(4, out var last), Is.True);
        _sequencer.Publish(last);

        Assert.That(_sequencer.Published, Is.EqualTo(3));
    }

    [Test]
    public void WaitingClaimReturnsOnceTheConsumerMadeRoom()
    {
        using var ring = new RingBuffer<long>(2);
        var sequencer = new SingleProducerSequencer<long>(ring, ConsumesMeanwhile.Consumer);
        sequencer.Publish(sequencer.Next<ConsumesMeanwhile>(2));
        Assert.That(ConsumesMeanwhile.Attempts, Is.Zero);

        var last = sequencer.Next<ConsumesMeanwhile>(1);

        Assert.That(last, Is.EqualTo(2));
        Assert.That(ConsumesMeanwhile.Attempts, Is.EqualTo(3));
    }

    [Test]
    public void WaitingForMoreThanTheRingHoldsIsRefused()
    {
        using var ring = new RingBuffer<long>(2);
        var sequencer = new SingleProducerSequencer<long>(ring);

        Assert.That(() => sequencer.Next<ConsumesMeanwhile>(3), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private protected override void Use(RingBuffer<long> ring, params Sequence[] gating) =>
        _sequencer = new SingleProducerSequencer<long>(ring, gating);

    private protected override bool TryNext(int count, out long last) => _sequencer.TryNext(count, out last);

    private protected override void Publish(long first, long last) => _sequencer.Publish(last);

    /// <summary>A wait during which, at the third attempt, a consumer is done with the first event.</summary>
    private readonly struct ConsumesMeanwhile : IWaitStrategy
    {
        public static Sequence Consumer { get; } = new();

        public static int Attempts { get; private set; }

        public static bool NeedsSignal => false;

        public bool Idle(int attempt)
        {
            Attempts = attempt + 1;
            if (attempt == 2)
            {
                Consumer.Set(0);
            }

            return false;
        }
    }
}
