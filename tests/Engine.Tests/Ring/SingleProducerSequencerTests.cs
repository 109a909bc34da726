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

    private protected override void Use(RingBuffer<long> ring, params Sequence[] gating) =>
        _sequencer = new SingleProducerSequencer<long>(ring, gating);

    private protected override bool TryNext(int count, out long last) => _sequencer.TryNext(count, out last);

    private protected override void Publish(long first, long last) => _sequencer.Publish(last);
}
