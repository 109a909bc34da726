using System;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// Tells one consumer how far it may read: as far as events are published and every consumer it depends on has come.
/// Threads: every member is for the one consumer.
/// </summary>
/// <typeparam name="T">The ring's event.</typeparam>
[HotPath]
public sealed class SequenceBarrier<T>
    where T : unmanaged
{
    private readonly RingBuffer<T> _ring;
    private readonly Sequence[] _dependencies;

    /// <summary>Without dependencies only publication counts.</summary>
    public SequenceBarrier(RingBuffer<T> ring, params ReadOnlySpan<Sequence> dependencies)
    {
        _ring = ring;
        _dependencies = dependencies.ToArray();
    }

    /// <summary>
    /// The last sequence that may be read, starting at <paramref name="next"/> and at most <paramref name="maxBatch"/>
    /// of them; <c>next - 1</c> when there is none.
    /// </summary>
    public long Available(long next, int maxBatch)
    {
        var limit = next + maxBatch - 1;
        if (_dependencies.Length != 0)
        {
            // A dependency has seen the event published, so the slots need not be looked at.
            foreach (var sequence in _dependencies)
            {
                limit = Math.Min(limit, sequence.Get());
            }

            return Math.Max(limit, next - 1);
        }

        var available = _ring.LastPublished(next - 1, limit);
        if (available < next && _ring.IsFetchedAhead)
        {
            _ring.Prefetch(next);   // comes along with the sequence that is looked at again and again
        }

        return available;
    }
}
