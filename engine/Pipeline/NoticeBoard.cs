using System;
using System.Threading;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// Carries notices from hot threads to the one thread that logs. A full ring drops the notice and counts it: the log
/// may lag, the books may not. Threads: any may post; one reads.
/// </summary>
[HotPath]
public sealed class NoticeBoard : IDisposable
{
    private readonly RingBuffer<Notice> _ring;
    private readonly MultiProducerSequencer<Notice> _sequencer;
    private readonly Sequence _read = new();
    private PaddedLong _dropped;

    /// <summary>Makes a board of 1,024 notices.</summary>
    public NoticeBoard()
    {
        _ring = new RingBuffer<Notice>(1_024);
        _sequencer = new MultiProducerSequencer<Notice>(_ring, _read);
    }

    /// <summary>Notices lost because the reader was too slow.</summary>
    public long Dropped => Volatile.Read(ref _dropped.Value);

    /// <summary>Posts one.</summary>
    public void Post(in Notice notice)
    {
        if (!_sequencer.TryNext(1, out var sequence))
        {
            Interlocked.Increment(ref _dropped.Value);
            return;
        }

        _ring[sequence] = notice;
        _sequencer.Publish(sequence, sequence);
    }

    /// <summary>Reader: takes the next notice, if there is one.</summary>
    public bool TryTake(out Notice notice)
    {
        var next = _read.Get() + 1;
        if (!_ring.IsPublished(next))
        {
            notice = default;
            return false;
        }

        notice = _ring[next];
        _read.Set(next);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _ring.Dispose();
}
