using System;
using System.Numerics;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// Tells further consumers of the lanes in which order the book handler took the events: a ring of runs, published
/// when the handler is done with their events. What follows it therefore sees one sequence of events, though there are
/// many lanes, and the same one when it is read back.
/// Invariant: no run is ever waited for or lost. A run whose events some follower still needs keeps at least one slot
/// of a lane, and between two doubts of a book lies an event of it, so twice the slots of all lanes and one for each
/// book are enough. Threads: the engine's appends; each follower reads for itself.
/// </summary>
internal sealed class ConsumptionOrder : IDisposable
{
    private const int CapacityMax = 1 << 24;
    private readonly SingleProducerSequencer<LaneRun> _sequencer;
    private readonly WaitSignal[] _signals;

    /// <summary>Makes the ring.</summary>
    /// <param name="laneSlots">Slots of all lanes together.</param>
    /// <param name="books">Count of books.</param>
    /// <param name="done">How far each follower has come, in runs.</param>
    /// <param name="signals">What wakes those that sleep.</param>
    public ConsumptionOrder(long laneSlots, int books, Sequence[] done, WaitSignal[] signals)
    {
        var runs = (2 * laneSlots) + books;
        if (runs > CapacityMax)
        {
            throw new ArgumentException(
                $"lanes of {laneSlots} slots together are too large to be followed; at most {CapacityMax / 2} can be",
                nameof(laneSlots));
        }

        Runs = new RingBuffer<LaneRun>((int)BitOperations.RoundUpToPowerOf2((uint)runs));
        _sequencer = new SingleProducerSequencer<LaneRun>(Runs, done);
        _signals = signals;
    }

    /// <summary>The runs.</summary>
    public RingBuffer<LaneRun> Runs { get; }

    /// <summary>Engine: the events of this run have been handled.</summary>
    [HotPath]
    public void Append(int lane, int count, long nanos = 0)
    {
        if (!_sequencer.TryNext(1, out var sequence))
        {
            ThrowFull();
        }

        ref var run = ref Runs[sequence];
        run.Lane = lane;
        run.Count = count;
        run.Nanos = nanos;
        _sequencer.Publish(sequence);
        foreach (var signal in _signals)
        {
            signal.Notify();
        }
    }

    /// <summary>Frees the ring. No thread may use it any more.</summary>
    public void Dispose()
    {
        Runs.Dispose();
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }
    }

    private void ThrowFull() => throw new InvalidOperationException(
        $"the order of consumption has no room for a run beside {Runs.Capacity}: its bound is wrong");
}
