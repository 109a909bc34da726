using System;
using System.Buffers.Binary;
using LowLatencyQuoter.Engine;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// Writes the fields of a protobuf message one behind the other, as Google.Protobuf would. A tag is
/// <c>field number * 8 + wire type</c>. Threads: one.
/// </summary>
/// <param name="destination">Where to; long enough for all that is written.</param>
[HotPath]
internal ref struct MessageWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>Bytes written so far.</summary>
    public int Length;

    /// <summary>What is not written yet.</summary>
    public readonly Span<byte> Rest => _destination[Length..];

    /// <summary>A field of wire type 0.</summary>
    public void Varint(uint tag, ulong value)
    {
        Raw(tag);
        Raw(value);
    }

    /// <summary>The same, left out when it is 0.</summary>
    public void VarintUnlessZero(uint tag, ulong value)
    {
        if (value != 0)
        {
            Varint(tag, value);
        }
    }

    /// <summary>A signed number of wire type 0, zigzag.</summary>
    public void Signed(uint tag, long value) => Varint(tag, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A number of wire type 1, 8 bytes.</summary>
    public void Fixed(uint tag, long value)
    {
        Raw(tag);
        BinaryPrimitives.WriteInt64LittleEndian(_destination[Length..], value);
        Length += sizeof(long);
    }

    /// <summary>The same, left out when it is 0.</summary>
    public void FixedUnlessZero(uint tag, long value)
    {
        if (value != 0)
        {
            Fixed(tag, value);
        }
    }

    /// <summary>A text or message of wire type 2.</summary>
    public void Bytes(uint tag, scoped ReadOnlySpan<byte> value)
    {
        Raw(tag);
        Raw((ulong)value.Length);
        Copy(value);
    }

    /// <summary>Bytes as they are.</summary>
    public void Copy(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(_destination[Length..]);
        Length += value.Length;
    }

    /// <summary>A varint without a tag.</summary>
    public void Raw(ulong value)
    {
        while (value > 0x7F)
        {
            _destination[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _destination[Length++] = (byte)value;
    }
}
