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
public sealed class SingleProducerSequencer<T>
    where T : unmanaged
{
    private readonly RingBuffer<T> _ring;
    private readonly Sequence[] _gating;
    private PaddedLong _published;
    private PaddedLong _knownFreeUpTo;

    /// <summary>Claims from <paramref name="ring"/>, never overtaking any of the consumers' sequences.</summary>
    public SingleProducerSequencer(RingBuffer<T> ring, params ReadOnlySpan<Sequence> gating)
    {
        _ring = ring;
        _gating = gating.ToArray();
        _published.Value = Sequence.Initial;
        _knownFreeUpTo.Value = ring.Capacity - 1;
    }

    /// <summary>The last published sequence, as the producer knows it.</summary>
    public long Published => _published.Value;

    /// <summary>
    /// Claims the slots up to <c>Published + count</c>; false, with nothing changed, when they are not all free. Claims
    /// are not remembered: claiming again with a larger count extends, not publishing abandons.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(int count, out long last)
    {
        last = _published.Value + count;
        return last <= _knownFreeUpTo.Value || (count <= _ring.Capacity && Refresh(last));
    }

    /// <summary>Makes everything up to and including <paramref name="last"/> visible at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Publish(long last)
    {
        var first = _published.Value + 1;
        _published.Value = last;
        if (first == last)
        {
            _ring.Publish(last);
        }
        else
        {
            _ring.Publish(first, last);
        }
    }

    private bool Refresh(long last)
    {
        var slowest = _published.Value;   // no consumer is further, and without consumers every slot is free
        foreach (var sequence in _gating)
        {
            slowest = Math.Min(slowest, sequence.Get());
        }

        _knownFreeUpTo.Value = slowest + _ring.Capacity;
        return last <= _knownFreeUpTo.Value;
    }
}
