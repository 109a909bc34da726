using System;
using System.IO;

namespace LowLatencyQuoter.Wire.WebSocket.Deflate;

/// <summary>Where the framework's deflater writes: one reused buffer that grows.</summary>
internal sealed class DeflateTarget : Stream
{
    private byte[] _bytes = new byte[4096];
    private int _count;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _count;

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    /// <summary>All bytes since <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _count);

    public void Clear() => _count = 0;

    /// <summary>Drops what was written behind so many bytes.</summary>
    public void CutTo(int count) => _count = count;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_bytes.Length - _count < buffer.Length)
        {
            Array.Resize(ref _bytes, Math.Max(checked(_bytes.Length * 2), _count + buffer.Length));
        }

        buffer.CopyTo(_bytes.AsSpan(_count));
        _count += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
