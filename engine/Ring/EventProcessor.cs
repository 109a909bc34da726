using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Engine.Ring;

/// <summary>
/// One consumer of a ring: takes what is available in batches and hands it to its handler. Its sequence is advanced
/// once a batch. An exception of the handler is not caught here: it must halt the process, never skip an event.
/// Threads: <see cref="DoWork"/> by one thread; <see cref="Sequence"/> is read by producers and dependent consumers.
/// </summary>
/// <typeparam name="T">The ring's event.</typeparam>
/// <typeparam name="THandler">The handler, a struct.</typeparam>
[HotPath]
public sealed class EventProcessor<T, THandler> : IAgent
    where T : unmanaged
    where THandler : struct, IEventHandler<T>
{
    private readonly RingBuffer<T> _ring;
    private readonly SequenceBarrier<T> _barrier;
    private readonly int _maxBatch;
#pragma warning disable IDE0044 // a call on a readonly struct field would work on a copy
    private THandler _handler;
#pragma warning restore IDE0044

    /// <summary>Consumes <paramref name="ring"/> behind <paramref name="barrier"/>.</summary>
    public EventProcessor(RingBuffer<T> ring, SequenceBarrier<T> barrier, THandler handler, int maxBatch = 256)
    {
        _ring = ring;
        _barrier = barrier;
        _handler = handler;
        _maxBatch = maxBatch;
    }

    /// <summary>The last sequence this consumer is done with; producers gate on it.</summary>
    public Sequence Sequence { get; } = new();

    /// <inheritdoc/>
    public int DoWork()
    {
        var next = Sequence.Get() + 1;
        var last = _barrier.Available(next, _maxBatch);
        for (var sequence = next; sequence <= last; sequence++)
        {
            _handler.OnEvent(ref _ring[sequence], sequence, sequence == last);
        }

        if (last >= next)
        {
            Sequence.Set(last);
        }

        return (int)(last - next + 1);
    }
}
