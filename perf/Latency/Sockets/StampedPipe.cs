using System;
using System.IO.Pipelines;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// The stream that a gRPC method writes to, which notes when each message begins to be handed over. It adds a look at
/// the clock a message and nothing else. Threads: as the stream's own, one at a time.
/// </summary>
internal sealed class StampedPipe(PipeWriter stream, FrameStamps frames) : PipeWriter
{
    private readonly byte[] _prefix = new byte[MessagePrefix.Bytes];
    private Memory<byte> _room;
    private int _prefixed;
    private long _left;

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => stream.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => stream.UnflushedBytes;

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => _room = stream.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        Follow(_room.Span[..bytes]);
        stream.Advance(bytes);
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
        stream.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    public override void CancelPendingFlush() => stream.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null) => stream.Complete(exception);

    /// <inheritdoc/>
    public override ValueTask CompleteAsync(Exception? exception = null) => stream.CompleteAsync(exception);

    // messages lie in the bytes as they like: one may begin, or have its prefix cut, anywhere
    private void Follow(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_prefixed == 0)
            {
                frames.Add();
            }

            if (_prefixed < _prefix.Length)
            {
                var taken = Math.Min(_prefix.Length - _prefixed, bytes.Length);
                bytes[..taken].CopyTo(_prefix.AsSpan(_prefixed));
                _prefixed += taken;
                bytes = bytes[taken..];
                if (_prefixed < _prefix.Length)
                {
                    return;
                }

                MessagePrefix.TryRead(_prefix, out _, out var size);
                _left = size;
            }

            var body = (int)Math.Min(_left, bytes.Length);
            _left -= body;
            bytes = bytes[body..];
            _prefixed = _left == 0 ? 0 : _prefixed;
        }
    }
}
