using System;
using System.Buffers.Binary;

namespace LowLatencyQuoter.Wire.WebSocket.Frames;

// RFC 6455 section 5.2:
//
//   0                   1                   2                   3
//   0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//  +-+-+-+-+-------+-+-------------+-------------------------------+
//  |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
//  |I|S|S|S|  (4)  |A|     (7)     |             (16/64)           |
//  |N|V|V|V|       |S|             |   (if payload len==126/127)   |
//  | |1|2|3|       |K|             |                               |
//  +-+-+-+-+-------+-+-------------+ - - - - - - - - - - - - - - - +
//  |     Extended payload length continued, if payload len == 127  |
//  + - - - - - - - - - - - - - - - +-------------------------------+
//  |                               |Masking-key, if MASK set to 1  |
//  +-------------------------------+-------------------------------+
//  | Masking-key (continued)       |          Payload Data         |
//  +-------------------------------- - - - - - - - - - - - - - - - +

/// <summary>The header of one frame: read as a client reads a server's, written as a client writes its own.</summary>
/// <param name="OpCode">What the frame is.</param>
/// <param name="IsFinal">Whether it ends its message.</param>
/// <param name="PayloadBytes">
/// Length of the payload as announced, any 64-bit value; caps are the reader's matter.
/// </param>
/// <param name="IsCompressed">RSV1: the message's payload is compressed (RFC 7692 section 6).</param>
public readonly record struct FrameHeader(OpCode OpCode, bool IsFinal, ulong PayloadBytes, bool IsCompressed = false)
{
    /// <summary>The longest header a client writes: 2 bytes, 8 of length, 4 of key.</summary>
    public const int MaxBytes = 14;

    /// <summary>The longest payload of a control frame.</summary>
    public const int MaxControlPayload = 125;

    private const int FinalBit = 0x80;
    private const int ReservedBits = 0x70;
    private const int CompressedBit = 0x40;
    private const int OpCodeBits = 0x0F;
    private const int MaskBit = 0x80;
    private const int Length16 = 126;
    private const int Length64 = 127;

    /// <summary>Close, ping or pong.</summary>
    public bool IsControl => OpCode >= OpCode.Close;

    /// <summary>
    /// Reads the header of a frame from a server. What is wrong is reported as soon as the bytes that show it are
    /// there: reserved bits, reserved opcodes, a mask, a fragmented or long control frame, a length that is not
    /// minimal.
    /// </summary>
    /// <param name="bytes">The stream from the frame's first byte on.</param>
    /// <param name="header">The header, where it is whole.</param>
    /// <param name="size">Its bytes, 2, 4 or 10; 0 while more are needed.</param>
    /// <param name="mayCompress">Whether permessage-deflate was agreed on, which gives RSV1 its meaning.</param>
    /// <returns><see cref="WebSocketFaultCode.None"/>, or what is wrong.</returns>
    [HotPath]
    public static WebSocketFaultCode Read(
        ReadOnlySpan<byte> bytes,
        out FrameHeader header,
        out int size,
        bool mayCompress = false)
    {
        header = default;
        size = 0;
        if (bytes.IsEmpty)
        {
            return WebSocketFaultCode.None;
        }

        int first = bytes[0];
        if ((first & ReservedBits) != 0 && !(mayCompress && BeginsCompressed(first)))
        {
            return WebSocketFaultCode.ReservedBits;
        }

        var opCode = (OpCode)(first & OpCodeBits);
        var isFinal = (first & FinalBit) != 0;
        if (opCode is > OpCode.Binary and < OpCode.Close or > OpCode.Pong)
        {
            return WebSocketFaultCode.ReservedOpCode;
        }

        if (!isFinal && opCode >= OpCode.Close)
        {
            return WebSocketFaultCode.FragmentedControl;
        }

        if (bytes.Length < 2)
        {
            return WebSocketFaultCode.None;
        }

        int length = bytes[1];
        if ((length & MaskBit) != 0)
        {
            return WebSocketFaultCode.MaskedFrame;
        }

        if (length < Length16)
        {
            header = new(opCode, isFinal, (ulong)length, (first & CompressedBit) != 0);
            size = 2;
            return WebSocketFaultCode.None;
        }

        return opCode >= OpCode.Close
            ? WebSocketFaultCode.ControlTooLong
            : ReadLong(bytes, opCode, isFinal, length, out header, out size);
    }

    /// <summary>RSV1 alone, on the first frame of a message.</summary>
    private static bool BeginsCompressed(int first) =>
        (first & ReservedBits) == CompressedBit && (OpCode)(first & OpCodeBits) is OpCode.Text or OpCode.Binary;

    [HotPath]
    private static WebSocketFaultCode ReadLong(
        ReadOnlySpan<byte> bytes,
        OpCode opCode,
        bool isFinal,
        int length,
        out FrameHeader header,
        out int size)
    {
        header = default;
        size = 0;
        var needed = length == Length16 ? 4 : 10;
        if (bytes.Length < needed)
        {
            return WebSocketFaultCode.None;
        }

        var payload = length == Length16
            ? BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])
            : BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
        if (payload < (length == Length16 ? Length16 : 0x1_0000UL))
        {
            return WebSocketFaultCode.LengthNotMinimal;
        }

        header = new(opCode, isFinal, payload, (bytes[0] & CompressedBit) != 0);
        size = needed;
        return WebSocketFaultCode.None;
    }

    /// <summary>Writes the header of a client's frame, mask bit and key included.</summary>
    /// <param name="maskKey">The key as it lies in memory: its first byte masks the payload's first.</param>
    /// <param name="target">At least <see cref="MaxBytes"/>.</param>
    /// <returns>The count of bytes written.</returns>
    [HotPath]
    public int WriteMasked(ReadOnlySpan<byte> maskKey, Span<byte> target)
    {
        target[0] = (byte)((IsFinal ? FinalBit : 0) | (IsCompressed ? CompressedBit : 0) | (int)OpCode);
        int size;
        if (PayloadBytes < Length16)
        {
            target[1] = (byte)(MaskBit | (int)PayloadBytes);
            size = 2;
        }
        else if (PayloadBytes <= ushort.MaxValue)
        {
            target[1] = MaskBit | Length16;
            BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)PayloadBytes);
            size = 4;
        }
        else
        {
            target[1] = MaskBit | Length64;
            BinaryPrimitives.WriteUInt64BigEndian(target[2..], PayloadBytes);
            size = 10;
        }

        maskKey[..Masking.KeyBytes].CopyTo(target[size..]);
        return size + Masking.KeyBytes;
    }
}
