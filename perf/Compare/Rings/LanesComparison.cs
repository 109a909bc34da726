using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>
/// Three producers with a lane each, polled by one consumer: the product's shape, which does not share a ring. The
/// lanes are in the layout that moves most events a second; those of the product take the one with the least time for
/// one.
/// </summary>
internal sealed class LanesComparison : TransferComparison
{
    private const int LaneCapacity = 512;

    /// <inheritdoc/>
    protected override int Producers => SharedRingComparison.ProducerCount;

    /// <inheritdoc/>
    protected override (TransferTime Time, Tally Received) SendOurs(int events)
    {
        var tally = new Tally(events);
        var rings = new List<RingBuffer<Event64>>();
        var lanes = new EventProcessor<Event64, TallyHandler>[Producers];
        var producers = new Action[Producers];
        for (var lane = 0; lane < Producers; lane++)
        {
            var ring = new RingBuffer<Event64>(LaneCapacity, layout: SequenceLayout.Cursor);
            rings.Add(ring);
            lanes[lane] = new EventProcessor<Event64, TallyHandler>(ring, new SequenceBarrier<Event64>(ring),
                new(tally), linger: RingLoops.Linger);
            var sequencer = new SingleProducerSequencer<Event64>(ring, lanes[lane].Sequence);
            producers[lane] = () => RingLoops.Produce<YieldingWaitStrategy>(ring, sequencer, events / Producers);
        }

        var poller = new LanePoller(lanes);
        var time = Transfer.Run(() => RingLoops.Consume<YieldingWaitStrategy>(poller, tally, events), producers);
        rings.ForEach(static ring => ring.Dispose());
        return (time, tally);
    }
}
