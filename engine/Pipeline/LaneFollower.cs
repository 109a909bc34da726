using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// A consumer of all lanes beside the book handler, or behind other followers: takes the events in the order in which
/// the book handler took them, at most a batch behind it, on a thread of its own. Readers do not overwrite an event
/// before every follower is done with it, so one that stands still stops the readers in the end.
/// Invariant: its place in each lane is the sum of the runs it has taken. Threads: <see cref="DoWork"/> by one.
/// </summary>
public sealed class LaneFollower : IAgent
{
    private const int RunsPerBatch = 64;
    private readonly IReadOnlyList<DepthLane> _lanes;
    private readonly RingBuffer<LaneRun> _runs;
    private readonly SequenceBarrier<LaneRun> _barrier;
    private readonly Sequence _done;
    private readonly Sequence[] _places;
    private readonly ILaneSink _sink;
    private readonly List<LaneFollower> _dependents = [];

    internal LaneFollower(
        IReadOnlyList<DepthLane> lanes,
        RingBuffer<LaneRun> runs,
        Sequence done,
        Sequence[] places,
        WaitSignal signal,
        ILaneSink sink,
        ReadOnlySpan<LaneFollower> after)
    {
        _lanes = lanes;
        _runs = runs;
        _done = done;
        _places = places;
        _sink = sink;
        Signal = signal;
        var dependencies = new Sequence[after.Length];
        for (var index = 0; index < after.Length; index++)
        {
            dependencies[index] = after[index]._done;
            after[index]._dependents.Add(this);
        }

        _barrier = new SequenceBarrier<LaneRun>(runs, dependencies);
    }

    /// <summary>Wakes the thread that drives this.</summary>
    public WaitSignal Signal { get; }

    /// <inheritdoc/>
    public int DoWork()
    {
        var next = _done.Get() + 1;
        var last = _barrier.Available(next, RunsPerBatch);
        var work = 0;
        for (var run = next; run <= last; run++)
        {
            work += Take(ref _runs[run]);
        }

        if (last < next)
        {
            return 0;
        }

        _done.Set(last);
        _sink.OnEndOfBatch();
        foreach (var dependent in _dependents)
        {
            dependent.Signal.Notify();
        }

        return work;
    }

    private int Take(ref LaneRun run)
    {
        if (run.Lane == LaneRun.NoLane)
        {
            _sink.OnTime(run.Nanos);
            return 1;
        }

        var place = _places[run.Lane];
        var ring = _lanes[run.Lane].Ring;
        var first = place.Get() + 1;
        for (var sequence = first; sequence < first + run.Count; sequence++)
        {
            _sink.OnEvent(run.Lane, ref ring[sequence]);
        }

        place.Set(first + run.Count - 1);
        return run.Count;
    }
}
