using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>Sends each event back through another ring, which never fills up: one event is under way.</summary>
internal readonly struct EchoHandler(RingBuffer<Event64> back, SingleProducerSequencer<Event64> sequencer)
    : IEventHandler<Event64>
{
    /// <inheritdoc/>
    public void OnEvent(ref Event64 item, long sequence, bool endOfBatch)
    {
        sequencer.TryNext(1, out var last);
        back[last] = item;
        sequencer.Publish(last);
    }
}
