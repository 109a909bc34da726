using System;

namespace LowLatencyQuoter.Wire.WebSocket.Frames;

/// <summary>Builds masked client frames in one reused buffer.</summary>
internal sealed class FrameWriter(IMaskKeySource keys)
{
    private byte[] _frame = new byte[1024];

    /// <summary>A whole unfragmented frame, valid until the next call.</summary>
    [HotPath]
    public ReadOnlySpan<byte> Write(OpCode opCode, ReadOnlySpan<byte> payload, bool isCompressed = false)
    {
        if (_frame.Length < FrameHeader.MaxBytes + payload.Length)
        {
            Grow(FrameHeader.MaxBytes + payload.Length);
        }

        return _frame.AsSpan(0, WriteTo(_frame, opCode, payload, isCompressed));
    }

    /// <summary>
    /// Writes a whole frame elsewhere and gives its bytes; there has to be room for header and payload.
    /// </summary>
    [HotPath]
    public int WriteTo(Span<byte> target, OpCode opCode, ReadOnlySpan<byte> payload, bool isCompressed = false)
    {
        Span<byte> key = stackalloc byte[Masking.KeyBytes];
        keys.Next(key);
        var header = new FrameHeader(opCode, IsFinal: true, (ulong)payload.Length, isCompressed);
        var size = header.WriteMasked(key, target);
        Masking.Apply(payload, target[size..], key);
        return size + payload.Length;
    }

    private void Grow(int needed) => _frame = new byte[Math.Max(needed, checked(_frame.Length * 2))];
}
