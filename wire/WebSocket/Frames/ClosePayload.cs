using System;
using System.Buffers.Binary;

namespace LowLatencyQuoter.Wire.WebSocket.Frames;

/// <summary>
/// The body of a close frame: nothing, or a code in network order and a UTF-8 reason of at most 123 bytes.
/// </summary>
public static class ClosePayload
{
    /// <summary>The longest reason that fits a control frame.</summary>
    public const int MaxReasonBytes = FrameHeader.MaxControlPayload - sizeof(ushort);

    /// <summary>Whether a code may stand in a close frame: 1000 to 1003, 1007 to 1014, 3000 to 4999.</summary>
    public static bool IsSendable(CloseCode code) =>
        (ushort)code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);

    /// <summary>Reads and checks a close frame's body.</summary>
    /// <param name="payload">The whole body.</param>
    /// <param name="code">The code; <see cref="CloseCode.NoStatus"/> when the body is empty.</param>
    /// <param name="reason">The reason's bytes, valid UTF-8; they lie in <paramref name="payload"/>.</param>
    /// <returns><see cref="WebSocketFaultCode.None"/>, or what is wrong.</returns>
    public static WebSocketFaultCode Read(
        ReadOnlySpan<byte> payload,
        out CloseCode code,
        out ReadOnlySpan<byte> reason)
    {
        code = CloseCode.NoStatus;
        reason = default;
        if (payload.IsEmpty)
        {
            return WebSocketFaultCode.None;
        }

        if (payload.Length == 1)
        {
            return WebSocketFaultCode.ClosePayloadTooShort;
        }

        code = (CloseCode)BinaryPrimitives.ReadUInt16BigEndian(payload);
        reason = payload[sizeof(ushort)..];
        if (!IsSendable(code))
        {
            return WebSocketFaultCode.CloseCodeInvalid;
        }

        return System.Text.Unicode.Utf8.IsValid(reason)
            ? WebSocketFaultCode.None
            : WebSocketFaultCode.CloseReasonNotUtf8;
    }

    /// <summary>Writes a body; nothing for <see cref="CloseCode.NoStatus"/>.</summary>
    /// <param name="code">A sendable code, or <see cref="CloseCode.NoStatus"/>.</param>
    /// <param name="reason">UTF-8, at most <see cref="MaxReasonBytes"/>.</param>
    /// <param name="target">At least 125 bytes.</param>
    /// <returns>The count of bytes written.</returns>
    public static int Write(CloseCode code, ReadOnlySpan<byte> reason, Span<byte> target)
    {
        if (code == CloseCode.NoStatus)
        {
            return 0;
        }

        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)code);
        reason.CopyTo(target[sizeof(ushort)..]);
        return sizeof(ushort) + reason.Length;
    }
}
