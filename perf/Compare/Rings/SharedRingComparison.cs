using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>
/// Three producers that claim from one ring. There are more threads than cores, so all of them yield.
/// </summary>
internal sealed class SharedRingComparison : TransferComparison
{
    /// <summary>Producers of the cases with several.</summary>
    public const int ProducerCount = 3;

    /// <inheritdoc/>
    protected override int Producers => ProducerCount;

    /// <inheritdoc/>
    protected override (TransferTime Time, Tally Received) SendOurs(int events)
    {
        using var ring = new RingBuffer<Event64>(ChannelTransfer.Capacity, layout: SequenceLayout.Apart);
        var tally = new Tally(events);
        var processor = new EventProcessor<Event64, TallyHandler>(
            ring, new SequenceBarrier<Event64>(ring), new(tally), linger: RingLoops.Linger);
        var sequencer = new MultiProducerSequencer<Event64>(ring, processor.Sequence);
        void Produce() => RingLoops.Produce<YieldingWaitStrategy>(ring, sequencer, events / ProducerCount);
        var time = Transfer.Run(
            () => RingLoops.Consume<YieldingWaitStrategy>(processor, tally, events), Produce, Produce, Produce);
        return (time, tally);
    }
}
