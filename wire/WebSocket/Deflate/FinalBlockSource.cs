using System;
using System.IO;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>
/// A message that ends with a final block, as the framework's deflate stream reads it: all but its last two bytes in
/// bulk, those one by one. Such a stream stops behind the block and does not tell where; given single bytes it does.
/// </summary>
internal sealed class FinalBlockSource(ReadOnlyMemory<byte> payload) : Stream
{
    private const int SingleBytes = 2;

    private int _given;
    private bool _wasDry;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// Whether a reader that has stopped has read the whole message: behind the block there may be one zero, which
    /// begins the empty block whose rest does not travel.
    /// </summary>
    public bool IsUsedUp =>
        !_wasDry && _given > payload.Length - SingleBytes && payload.Span[_given..].IndexOfAnyExcept((byte)0) < 0;

    public override int Read(Span<byte> buffer)
    {
        var bulk = payload.Length - SingleBytes - _given;
        var count = Math.Min(buffer.Length, bulk > 0 ? bulk : Math.Min(1, payload.Length - _given));
        payload.Span.Slice(_given, count).CopyTo(buffer);
        _given += count;
        _wasDry = count == 0;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
