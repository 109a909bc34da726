using System;
using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// Claims slots for exactly one producer thread: no atomic operation, one look at the consumers only when the slots
/// known to be free are used up.
/// Invariant: <c>claimed - gating &lt;= capacity</c>. Threads: every member is for the one producer.
/// </summary>
/// <typeparam name="T">The ring's event.</typeparam>
[HotPath]
public sealed unsafe class SingleProducerSequencer<T>
    where T : unmanaged
{
    // Who asks again at once takes the line from the consumer that is to make room, and finds room for one event.
    private const int PausesWhenFull = 4;
    private readonly RingBuffer<T> _ring;
    private readonly Sequence[] _gating;
    private readonly long* _published;
    private PaddedLong _knownFreeUpTo;

    /// <summary>Claims from <paramref name="ring"/>, never overtaking any of the consumers' sequences.</summary>
    public SingleProducerSequencer(RingBuffer<T> ring, params ReadOnlySpan<Sequence> gating)
    {
        _ring = ring;
        _gating = gating.ToArray();
        _published = ring.Cursor;
        _knownFreeUpTo.Value = ring.Capacity - 1;
    }

    /// <summary>The last published sequence, as the producer knows it.</summary>
    public long Published => *_published;

    /// <summary>
    /// Claims the slots up to <c>Published + count</c>; false, with nothing changed, when they are not all free. Claims
    /// are not remembered: claiming again with a larger count extends, not publishing abandons.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int count, out long last)
    {
        last = *_published + count;
        return last <= _knownFreeUpTo.Value || (count <= _ring.Capacity && Refresh(last));
    }

    /// <summary>
    /// Claims as <see cref="TryNext"/> does, and waits until the slots are free. Only for a ring whose consumers run
    /// until the producer has ended.
    /// </summary>
    /// <typeparam name="TWait">What to do meanwhile.</typeparam>
    /// <param name="count">Count of slots, at most the ring's.</param>
    /// <returns>The last sequence claimed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Next<TWait>(int count)
        where TWait : struct, IWaitStrategy
    {
        var last = *_published + count;
        return last <= _knownFreeUpTo.Value ? last : WaitForRoom<TWait>(count);
    }

    /// <summary>Makes everything up to and including <paramref name="last"/> visible at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long last)
    {
        var first = *_published + 1;
        if (first == last || _ring.Layout == SequenceLayout.Cursor)
        {
            _ring.Publish(last);
        }
        else
        {
            _ring.Publish(first, last);
        }

        if (_ring.Layout != SequenceLayout.Cursor)
        {
            *_published = last;
        }
    }

    /// <summary>Not part of the producer's loop: what waits takes registers away from what sends.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long WaitForRoom<TWait>(int count)
        where TWait : struct, IWaitStrategy
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _ring.Capacity);
        var wait = default(TWait);
        long last;
        for (var attempt = 0; !TryNext(count, out last); attempt++)
        {
            wait.Idle(attempt);
        }

        return last;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Refresh(long last)
    {
        var slowest = *_published;   // no consumer is further, and without consumers every slot is free
        foreach (var sequence in _gating)
        {
            slowest = Math.Min(slowest, sequence.Get());
        }

        _knownFreeUpTo.Value = slowest + _ring.Capacity;
        if (last <= _knownFreeUpTo.Value)
        {
            return true;
        }

        for (var pause = 0; pause < PausesWhenFull; pause++)
        {
            Pause.Once();
        }

        return false;
    }
}
