using System;
using System.Threading;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// Claims slots for any number of producer threads. What is claimed must be published: consumers stop at a slot that
/// its producer has not completed, however many behind it are complete.
/// Invariant: <c>claimed - gating &lt;= capacity</c>; each sequence is handed to one thread. Threads: any producer.
/// </summary>
/// <typeparam name="T">The ring's event.</typeparam>
[HotPath]
public sealed class MultiProducerSequencer<T>
    where T : unmanaged
{
    private readonly RingBuffer<T> _ring;
    private readonly Sequence[] _gating;
    private readonly Sequence _claimed = new();
    private PaddedLong _slowest;

    /// <summary>Claims from <paramref name="ring"/>, never overtaking any of the consumers' sequences.</summary>
    public MultiProducerSequencer(RingBuffer<T> ring, params ReadOnlySpan<Sequence> gating)
    {
        if (ring.Layout == SequenceLayout.Cursor)
        {
            throw new ArgumentException(
                "a ring with one cursor is for one producer; take SequenceLayout.Apart or InSlot", nameof(ring));
        }

        _ring = ring;
        _gating = gating.ToArray();
        _slowest.Value = Sequence.Initial;
    }

    /// <summary>
    /// Claims <paramref name="count"/> slots ending at <paramref name="last"/>; false when they are not all free.
    /// </summary>
    public bool TryNext(int count, out long last)
    {
        while (true)
        {
            var claimed = _claimed.Get();
            last = claimed + count;
            if (last - _ring.Capacity > Volatile.Read(ref _slowest.Value) && !Refresh(last))
            {
                return false;
            }

            if (_claimed.TryAdvance(claimed, last))
            {
                return true;
            }
        }
    }

    /// <summary>Makes the run visible.</summary>
    public void Publish(long first, long last) => _ring.Publish(first, last);

    private bool Refresh(long last)
    {
        var slowest = _claimed.Get();   // no consumer is further, and without consumers every slot is free
        foreach (var sequence in _gating)
        {
            slowest = Math.Min(slowest, sequence.Get());
        }

        // Several producers may store here at once; each value was true when it was read, and consumers only advance.
        Volatile.Write(ref _slowest.Value, slowest);
        return last - _ring.Capacity <= slowest;
    }
}
