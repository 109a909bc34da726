using System;
using System.Buffers.Binary;

namespace LowLatencyQuoter.Wire.Grpc;

/// <summary>
/// What stands before each message of a call.
/// <code>
/// offset 0  compressed flag: 0 or 1; the other values are reserved
/// offset 1  length of the message that follows, 32 bits, big endian
/// </code>
/// </summary>
public static class MessagePrefix
{
    /// <summary>Bytes of a prefix.</summary>
    public const int Bytes = 5;

    /// <summary>Writes a prefix.</summary>
    /// <param name="destination">At least <see cref="Bytes"/> long.</param>
    /// <param name="compressed">True when the message is compressed as <c>grpc-encoding</c> says.</param>
    /// <param name="length">Bytes of the message, without the prefix.</param>
    public static void Write(Span<byte> destination, bool compressed, uint length)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], length);
        destination[0] = compressed ? (byte)1 : (byte)0;
    }

    /// <summary>
    /// Reads a prefix. False when it is malformed: fewer than <see cref="Bytes"/> bytes, which more may mend, or a flag
    /// that is neither 0 nor 1, which nothing can.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out bool compressed, out uint length)
    {
        if (source.Length < Bytes || source[0] > 1)
        {
            compressed = false;
            length = 0;
            return false;
        }

        compressed = source[0] == 1;
        length = BinaryPrimitives.ReadUInt32BigEndian(source[1..]);
        return true;
    }
}
