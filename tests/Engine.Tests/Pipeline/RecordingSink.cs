using System.Collections.Generic;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Engine.Tests.Pipeline;

/// <summary>Keeps what a follower is given.</summary>
internal sealed class RecordingSink : ILaneSink
{
    public List<(int Lane, long Id)> Events { get; } = [];

    public List<long> Times { get; } = [];

    public int Batches { get; private set; }

    public void OnEvent(int lane, ref DepthEvent item) => Events.Add((lane, item.LastUpdateId));

    public void OnTime(long nanos) => Times.Add(nanos);

    public void OnEndOfBatch() => Batches++;
}
