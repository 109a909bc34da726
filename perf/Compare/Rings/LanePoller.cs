using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Perf.Compare.Rings;

/// <summary>One consumer of several lanes, served by turns.</summary>
internal sealed class LanePoller(EventProcessor<Event64, TallyHandler>[] lanes) : IAgent
{
    /// <inheritdoc/>
    public int DoWork()
    {
        var work = 0;
        foreach (var lane in lanes)
        {
            work += lane.DoWork();
        }

        return work;
    }
}
