using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>The consumer of a ring under measurement.</summary>
internal readonly struct TallyHandler(Tally tally) : IEventHandler<Event64>
{
    /// <inheritdoc/>
    public void OnEvent(ref Event64 item, long sequence, bool endOfBatch) => tally.Add(in item);
}
