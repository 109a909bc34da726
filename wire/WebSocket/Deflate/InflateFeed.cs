using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>
/// What the framework's websocket reads from: one compressed message after the other, each as a single frame. Every
/// call completes at once. What it writes, a close frame when a message is broken, goes nowhere: the peer is told by
/// the connection.
/// </summary>
internal sealed class InflateFeed : Stream
{
    private const byte FinalCompressedBinary = 0xC2;
    private const byte Length64 = 127;

    private readonly byte[] _header = new byte[10];
    private ReadOnlyMemory<byte> _payload;
    private int _given;   // of header and payload together

    public InflateFeed()
    {
        _header[0] = FinalCompressedBinary;
        _header[1] = Length64;
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The next message. The one before has been read to its end.</summary>
    public void Begin(ReadOnlyMemory<byte> payload)
    {
        BinaryPrimitives.WriteInt64BigEndian(_header.AsSpan(2), payload.Length);
        _payload = payload;
        _given = 0;
    }

    public override int Read(Span<byte> buffer)
    {
        var next = _given < _header.Length ? _header.AsSpan(_given) : _payload.Span[(_given - _header.Length)..];
        var count = Math.Min(buffer.Length, next.Length);
        next[..count].CopyTo(buffer);
        _given += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Read(buffer.Span));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
