using System;
using System.IO;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

// A message as the framework's inflater asks for it:
//
//   payload but its last two bytes | byte | byte | 00 00 ff ff
//
// The four bytes end each message of RFC 7692 and do not travel (section 7.2.2). The two single bytes are for peers
// that end a message with a final block (section 7.2.3.4): the inflater then stops and does not tell where, which is
// only known when it was given one byte at a time. "No bytes" is not the end of the stream here, only of a message: the
// inflater goes on where it stopped when it is asked again.

/// <summary>The compressed bytes of one message after the other, with what the sender took away.</summary>
internal sealed class InflateSource : Stream
{
    private const int SingleBytes = 2;

    private ReadOnlyMemory<byte> _payload;
    private int _given;   // of payload and tail together

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether more was asked for than the message has: all of it has been taken in.</summary>
    public bool IsDrained { get; private set; }

    /// <summary>
    /// Whether an inflater that has stopped has taken exactly what was given to it. The tail counts as one: nothing
    /// that matters is behind a final block that ends within it.
    /// </summary>
    public bool GaveSingleByte => _given > _payload.Length - SingleBytes;

    private static ReadOnlySpan<byte> Tail => [0x00, 0x00, 0xFF, 0xFF];

    public void Begin(ReadOnlyMemory<byte> payload)
    {
        _payload = payload;
        _given = 0;
        IsDrained = false;
    }

    public override int Read(Span<byte> buffer)
    {
        var next = Next();
        var count = Math.Min(buffer.Length, next.Length);
        next[..count].CopyTo(buffer);
        _given += count;
        IsDrained = count == 0;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    private ReadOnlySpan<byte> Next()
    {
        if (_given >= _payload.Length)
        {
            return Tail[(_given - _payload.Length)..];
        }

        var bulk = _payload.Length - SingleBytes;
        return _given < bulk ? _payload.Span[_given..bulk] : _payload.Span.Slice(_given, 1);
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
