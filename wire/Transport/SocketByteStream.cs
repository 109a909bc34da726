using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Wire.Transport;

/// <summary>
/// What <see cref="System.Net.Security.SslStream"/> reads records from and writes records to. Its waits are those of
/// the owner, so the idle callback works under TLS too, and bytes that TLS has already buffered are never waited for.
/// </summary>
internal sealed class SocketByteStream(StreamSocket owner) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    [HotPath]
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;   // TLS asks this way whether reading would wait; the read that follows may wait
        }

        var count = owner.ReceiveRaw(buffer);
        if (count == 0)
        {
            ThrowUnlessPeerClosed();
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    [HotPath]
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!owner.SendRaw(buffer))
        {
            ThrowFault();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Only the goodbye of TLS is written this way; it is written at once.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void ThrowUnlessPeerClosed()
    {
        if (owner.Fault.Code != TransportFaultCode.PeerClosed)
        {
            ThrowFault();
        }
    }

    /// <summary>
    /// The only way out of TLS without ending it; the owner catches this and reports its own fault value.
    /// </summary>
    private void ThrowFault() => throw new IOException(owner.Fault.Text);
}
