using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>Frames that wait for one session, bounded in number and in bytes. Any thread adds, one takes.</summary>
internal sealed class SessionQueue
{
    private readonly Channel<ReadOnlyMemory<byte>> _frames;
    private readonly int _bytesMax;
    private int _bytes;

    public SessionQueue(int framesMax, int bytesMax)
    {
        _bytesMax = bytesMax;
        _frames = Channel.CreateBounded<ReadOnlyMemory<byte>>(
            new BoundedChannelOptions(framesMax) { SingleReader = true });
    }

    /// <summary>Frames waiting now.</summary>
    public int Count => _frames.Reader.Count;

    /// <summary>Adds a frame if there is room. One larger than all the room passes when it is alone.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> frame)
    {
        var bytes = Interlocked.Add(ref _bytes, frame.Length);
        if ((bytes <= _bytesMax || bytes == frame.Length) && _frames.Writer.TryWrite(frame))
        {
            return true;
        }

        Interlocked.Add(ref _bytes, -frame.Length);
        return false;
    }

    /// <summary>Adds a frame as soon as there is room.</summary>
    /// <exception cref="ChannelClosedException">The queue was completed.</exception>
    public ValueTask AddAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
    {
        Interlocked.Add(ref _bytes, frame.Length);
        return _frames.Writer.WriteAsync(frame, cancellation);
    }

    /// <summary>Nothing more is added; what waits can still be taken.</summary>
    public void Complete() => _frames.Writer.TryComplete();

    /// <summary>Takes frames in order until the queue is complete and empty.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> TakeAllAsync()
    {
        await foreach (var frame in _frames.Reader.ReadAllAsync())
        {
            Interlocked.Add(ref _bytes, -frame.Length);
            yield return frame;
        }
    }
}
