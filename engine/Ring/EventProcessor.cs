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
    private const int SmallBatch = 64;
    private const int FewIdleCycles = 16;   // events that come one at a time find a consumer that idled longer
    private readonly RingBuffer<T> _ring;
    private readonly SequenceBarrier<T> _barrier;
    private readonly int _maxBatch;
    private readonly int _linger;
#pragma warning disable IDE0044 // a call on a readonly struct field would work on a copy
    private THandler _handler;
#pragma warning restore IDE0044
    private PaddedLong _idleCycles;

    /// <summary>Consumes <paramref name="ring"/> behind <paramref name="barrier"/>.</summary>
    /// <param name="ring">The slots.</param>
    /// <param name="barrier">How far this consumer may read.</param>
    /// <param name="handler">What it does with each event.</param>
    /// <param name="maxBatch">Events after which the producers learn how far it has come.</param>
    /// <param name="linger">
    /// Pauses (10 to 50 ns each) after small batches in direct succession, and one after each look in vain. A consumer
    /// that is as fast as its producer otherwise takes each line away while the next event is being written to it; one
    /// that lingers finds many events at once. For handlers that are done with an event before a line can change
    /// cores; 0 for all others.
    /// </param>
    public EventProcessor(
        RingBuffer<T> ring, SequenceBarrier<T> barrier, THandler handler, int maxBatch = 256, int linger = 0)
    {
        _linger = linger;
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

        if (last < next)
        {
            if (_linger != 0)
            {
                _idleCycles.Value++;
                Pause.Once();
            }

            return 0;
        }

        Sequence.Set(last);
        var count = (int)(last - next + 1);
        if (_linger != 0)
        {
            Linger(count);
        }

        return count;
    }

    private void Linger(int count)
    {
        var inSuccession = _idleCycles.Value < FewIdleCycles;
        _idleCycles.Value = 0;
        if (count < SmallBatch && inSuccession)
        {
            for (var pause = 0; pause < _linger; pause++)
            {
                Pause.Once();
            }
        }
    }
}
