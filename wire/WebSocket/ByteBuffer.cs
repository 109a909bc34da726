using System;

namespace LowLatencyQuoter.Wire.WebSocket;

// one array, reused for the life of a connection:
//
//   0        _start            _end        Length
//   | handed   | unread bytes    | free      |
//   | out      |                 |           |

/// <summary>
/// Bytes between the socket and the reader. It moves what is unread to the front when the free end gets short, and
/// grows, by doubling up to its cap, only when it is full of bytes that really came.
/// </summary>
internal sealed class ByteBuffer
{
    /// <summary>
    /// With less free room than this at the end, unread bytes are moved to the front before a receive.
    /// </summary>
    private const int ShortRoom = 2048;

    private readonly int _maxBytes;
    private byte[] _bytes;
    private int _start;
    private int _end;

    public ByteBuffer(int bytes, int maxBytes)
    {
        _maxBytes = Math.Max(bytes, maxBytes);
        _bytes = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);
    }

    public int Capacity => _bytes.Length;

    public int Count => _end - _start;

    [HotPath]
    public ReadOnlySpan<byte> Unread => _bytes.AsSpan(_start, _end - _start);

    /// <summary>The same for those that cannot take a span.</summary>
    public ReadOnlyMemory<byte> UnreadMemory => _bytes.AsMemory(_start, _end - _start);

    [HotPath]
    public void Consume(int count) => _start += count;

    [HotPath]
    public void Commit(int count) => _end += count;

    public void Clear() => (_start, _end) = (0, 0);

    /// <summary>Room for at least one byte. Spans handed out before are void.</summary>
    /// <param name="expected">How many bytes the frame under way still lacks; 0 where unknown.</param>
    [HotPath]
    public Span<byte> Room(int expected)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_start > 0 && _bytes.Length - _end < Math.Max(ShortRoom, expected))
        {
            _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
            _end -= _start;
            _start = 0;
        }

        if (_end == _bytes.Length)
        {
            Grow(_end + 1);
        }

        return _bytes.AsSpan(_end);
    }

    /// <summary>As <see cref="Room"/>, for those that cannot take a span.</summary>
    public Memory<byte> RoomMemory()
    {
        var room = Room(0).Length;
        return _bytes.AsMemory(_end, room);
    }

    /// <summary>Adds bytes at the end.</summary>
    [HotPath]
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - _end < bytes.Length)
        {
            Grow(_end + bytes.Length);
        }

        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
    }

    private void Grow(int needed)
    {
        if (needed > _maxBytes)
        {
            throw new InvalidOperationException($"{needed} bytes needed, {_maxBytes} permitted: a cap was not checked");
        }

        var size = (int)Math.Min(Math.Max((long)_bytes.Length * 2, needed), _maxBytes);
        var grown = GC.AllocateUninitializedArray<byte>(size, pinned: true);
        _bytes.AsSpan(0, _end).CopyTo(grown);
        _bytes = grown;
    }
}
