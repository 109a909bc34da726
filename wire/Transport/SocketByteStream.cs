using System;
using System.Buffers.Binary;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Wire.Transport;

/// <summary>
/// What <see cref="System.Net.Security.SslStream"/> reads records from and writes records to. Its waits are those of
/// the owner, so the idle callback works under TLS too. Records are handed over whole, one a read: so it is known
/// whether TLS could go on without waiting, and <see cref="MayWait"/> can forbid it to.
/// </summary>
internal sealed class SocketByteStream(StreamSocket owner) : Stream
{
    private const int HeaderBytes = 5;

    /// <summary>RFC 8446 section 5.2 and RFC 5246 section 6.2.3: the longest payload of a record, encrypted.</summary>
    private const int PayloadMax = (1 << 14) + 2048;

    private readonly byte[] _raw = new byte[2 * (HeaderBytes + PayloadMax)];
    private int _start;
    private int _end;
    private int _given;       // of the record at the start: already read
    private int _record;      // its length; 0 while it is not whole
    private bool _mayWait = true;

    /// <summary>
    /// False while reads must not wait for bytes; they then fail, see <see cref="HasRefusedToWait"/>.
    /// </summary>
    public bool MayWait
    {
        set
        {
            _mayWait = value;
            HasRefusedToWait = false;
        }
    }

    /// <summary>True when a read failed only because it would have had to wait: it may be repeated.</summary>
    public bool HasRefusedToWait { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Takes in what is there, without waiting; true when a whole record can be read.</summary>
    [HotPath]
    public bool TryFillNow()
    {
        if (HasRecord())
        {
            return true;
        }

        var count = owner.ReceiveRawNow(Room());
        _end += count;
        return count != 0 && HasRecord();
    }

    [HotPath]
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;   // TLS asks this way whether reading would wait; the read that follows may wait
        }

        while (!HasRecord())
        {
            if (!_mayWait)
            {
                ThrowWouldWait();
            }

            var count = owner.ReceiveRaw(Room());
            if (count == 0)
            {
                ThrowUnlessPeerClosed();
                return GiveRest(buffer);
            }

            _end += count;
        }

        return Give(buffer, _record);
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

    /// <summary>
    /// Whether the record at the start is whole. What cannot be the head of a record counts as one: TLS shall see it
    /// and fail, not wait.
    /// </summary>
    [HotPath]
    private bool HasRecord()
    {
        if (_record != 0)
        {
            return true;
        }

        var there = _end - _start;
        if (there < HeaderBytes)
        {
            return false;
        }

        var payload = BinaryPrimitives.ReadUInt16BigEndian(_raw.AsSpan(_start + 3));
        var isRecord = _raw[_start] is >= 20 and <= 24 && payload <= PayloadMax;
        _record = !isRecord ? there : there >= HeaderBytes + payload ? HeaderBytes + payload : 0;
        return _record != 0;
    }

    /// <summary>Where further bytes go; only asked for while no record is whole, so there is room for one.</summary>
    [HotPath]
    private Span<byte> Room()
    {
        if (_start != 0)
        {
            _raw.AsSpan(_start, _end - _start).CopyTo(_raw);
            _end -= _start;
            _start = 0;
        }

        return _raw.AsSpan(_end);
    }

    [HotPath]
    private int Give(Span<byte> buffer, int record)
    {
        var count = Math.Min(buffer.Length, record - _given);
        _raw.AsSpan(_start + _given, count).CopyTo(buffer);
        _given += count;
        if (_given == record)
        {
            _start += record;
            _given = 0;
            _record = 0;
        }

        return count;
    }

    /// <summary>The stream has ended inside of a record, which TLS shall notice, or behind one.</summary>
    private int GiveRest(Span<byte> buffer)
    {
        _record = _end - _start;
        return _record == 0 ? 0 : Give(buffer, _record);
    }

    private void ThrowUnlessPeerClosed()
    {
        if (owner.Fault.Code != TransportFaultCode.PeerClosed)
        {
            ThrowFault();
        }
    }

    private void ThrowWouldWait()
    {
        HasRefusedToWait = true;
        throw new IOException("no whole record is there");
    }

    /// <summary>
    /// The only way out of TLS without ending it; the owner catches this and reports its own fault value.
    /// </summary>
    private void ThrowFault() => throw new IOException(owner.Fault.Text);
}
