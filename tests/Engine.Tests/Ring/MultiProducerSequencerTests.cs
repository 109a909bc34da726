using LowLatencyQuoter.Engine.Ring;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Ring;

public sealed class MultiProducerSequencerTests : SequencerContract
{
    private MultiProducerSequencer<long> _sequencer = null!;
    private RingBuffer<long> _ring = null!;

    [Test]
    public void ConsumersStopAtTheFirstHole()
    {
        var barrier = new SequenceBarrier<long>(_ring);
        _sequencer.TryNext(1, out var slow);
        _sequencer.TryNext(2, out var quick);
        _sequencer.Publish(quick - 1, quick);

        Assert.That(barrier.Available(0, 100), Is.EqualTo(-1), "what is behind an open claim must wait");

        _sequencer.Publish(slow, slow);

        Assert.That(barrier.Available(0, 100), Is.EqualTo(quick));
    }

    private protected override void Use(RingBuffer<long> ring, params Sequence[] gating)
    {
        _ring = ring;
        _sequencer = new MultiProducerSequencer<long>(ring, gating);
    }

    private protected override bool TryNext(int count, out long last) => _sequencer.TryNext(count, out last);

    private protected override void Publish(long first, long last) => _sequencer.Publish(first, last);
}
