using System;
using System.Buffers.Binary;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Wire.Grpc;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// What is one subscriber's own in a frame that all share: field 3 of the message, how many changes it replaces. It
/// stands at the end, where protobuf lets any field stand, so that the bytes before it are the same for all; when it is
/// 0 it is left out, and the shared frame goes out as it is. In a compressed frame the end is a block of its own,
/// stored as it is, with checksum and length continued. Threads: any.
/// </summary>
[HotPath]
internal static class ReplacedEnding
{
    /// <summary>Bytes of the longest ending: block header, field, checksum and length.</summary>
    public const int BytesMax = StoredHeaderBytes + FieldBytesMax + TrailerBytes;

    private const byte Tag = 0x18;
    private const int FieldBytesMax = 11;
    private const int StoredHeaderBytes = 5;
    private const int TrailerBytes = 8;

    /// <summary>Writes the prefix that goes before a frame's body, and the ending behind it.</summary>
    /// <param name="frame">The shared frame.</param>
    /// <param name="isGzip">True when it is compressed.</param>
    /// <param name="replaced">The number.</param>
    /// <param name="prefix">Five bytes.</param>
    /// <param name="ending"><see cref="BytesMax"/> bytes.</param>
    /// <returns>Bytes of the ending.</returns>
    public static int Write(
        in EncodedFrame frame, bool isGzip, long replaced, Span<byte> prefix, Span<byte> ending)
    {
        Span<byte> field = stackalloc byte[FieldBytesMax];
        var writer = new MessageWriter(field);
        if (replaced != 0)
        {
            writer.Varint(Tag, (ulong)replaced);
        }

        field = field[..writer.Length];
        var length = isGzip ? Close(in frame, field, ending) : field.Length;
        if (!isGzip)
        {
            field.CopyTo(ending);
        }

        MessagePrefix.Write(prefix, isGzip, (uint)(frame.BodyLength - MessagePrefix.Bytes + length));
        return length;
    }

    /// <summary>Closes a compressed body with a last block that holds a few more bytes, or none.</summary>
    public static int Close(in EncodedFrame frame, ReadOnlySpan<byte> more, Span<byte> ending)
    {
        var checksum = frame.Checksum;
        checksum.Append(more);
        ending[0] = 1;   // the last block, stored
        BinaryPrimitives.WriteUInt16LittleEndian(ending[1..], (ushort)more.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(ending[3..], (ushort)~more.Length);
        more.CopyTo(ending[StoredHeaderBytes..]);
        var trailer = ending[(StoredHeaderBytes + more.Length)..];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, checksum.Value);
        BinaryPrimitives.WriteInt32LittleEndian(trailer[sizeof(uint)..], frame.PlainLength + more.Length);
        return StoredHeaderBytes + more.Length + TrailerBytes;
    }
}
