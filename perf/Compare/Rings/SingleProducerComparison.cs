using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>
/// One producer, one consumer, both spinning on a core of their own; each event claimed and published alone.
/// </summary>
internal sealed class SingleProducerComparison : TransferComparison
{
    /// <inheritdoc/>
    protected override (TransferTime Time, Tally Received) SendOurs(int events)
    {
        using var ring = new RingBuffer<Event64>(ChannelTransfer.Capacity, layout: SequenceLayout.Cursor);
        var tally = new Tally(events);
        var processor = new EventProcessor<Event64, TallyHandler>(
            ring, new SequenceBarrier<Event64>(ring), new(tally), linger: RingLoops.Linger);
        var sequencer = new SingleProducerSequencer<Event64>(ring, processor.Sequence);
        var time = Transfer.Run(
            () => RingLoops.Consume<BusySpinWaitStrategy>(processor, tally, events),
            () => RingLoops.Produce<BusySpinWaitStrategy>(ring, sequencer, events));
        return (time, tally);
    }
}
