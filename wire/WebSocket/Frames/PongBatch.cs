using System;

namespace LowLatencyQuoter.Wire.WebSocket.Frames;

/// <summary>
/// The answers to the pings of one receive, ready to be sent as one piece. Each ping gets its pong up to
/// <see cref="MaxPongs"/>; beyond that only the most recent one does, as RFC 6455 section 5.5.3 permits, so a flood of
/// pings costs a bounded amount of memory and sending.
/// </summary>
internal sealed class PongBatch(FrameWriter writer)
{
    /// <summary>Pongs per batch.</summary>
    public const int MaxPongs = 16;

    private readonly byte[] _frames = new byte[MaxPongs * (FrameHeader.MaxBytes + FrameHeader.MaxControlPayload)];
    private int _count;
    private int _lastStart;
    private int _end;

    public bool IsEmpty => _count == 0;

    /// <summary>Takes the payload of a ping: at most 125 bytes.</summary>
    [HotPath]
    public void Add(ReadOnlySpan<byte> ping)
    {
        if (_count < MaxPongs)
        {
            _count++;
            _lastStart = _end;
        }

        _end = _lastStart + writer.WriteTo(_frames.AsSpan(_lastStart), OpCode.Pong, ping);
    }

    /// <summary>The frames to send; the batch is empty afterwards. Valid until the next <see cref="Add"/>.</summary>
    [HotPath]
    public ReadOnlySpan<byte> Take()
    {
        var frames = _frames.AsSpan(0, _end);
        _count = 0;
        _lastStart = 0;
        _end = 0;
        return frames;
    }
}
