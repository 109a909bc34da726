using System;
using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// One venue's diffs in order, without end: the tape again and again with event times and update ids that go on. The
/// bytes of the diff lie in one buffer, as those that a socket has just received. One thread.
/// </summary>
[HotPath]
internal sealed class DiffSource
{
    private readonly DiffTape _tape;
    private readonly byte[] _buffer;
    private long _updateId = DiffTape.FirstUpdateId;
    private int _next;

    public DiffSource(DiffTape tape)
    {
        _tape = tape;
        _buffer = GC.AllocateArray<byte>(tape.FrameLength, pinned: true);
    }

    /// <summary>The diff, after <see cref="Prepare"/>.</summary>
    public ReadOnlySpan<byte> Frame => _buffer;

    /// <summary>Puts the next diff into the buffer.</summary>
    /// <param name="number">Number of the message, which its quote will carry.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // the harness is never cold, whatever it measures
    public void Prepare(long number)
    {
        _tape[_next].CopyTo(_buffer);
        _next = _next + 1 == _tape.Count ? 0 : _next + 1;
        _updateId++;
        var offsets = _tape.Offsets;
        Utf8Formatter.TryFormat(DiffTape.FirstEventMicros + number, _buffer.AsSpan(offsets.EventTime), out _);
        Utf8Formatter.TryFormat(_updateId, _buffer.AsSpan(offsets.FirstUpdateId), out _);
        Utf8Formatter.TryFormat(_updateId, _buffer.AsSpan(offsets.LastUpdateId), out _);
        if (offsets.Amount != 0)
        {
            var eightDigits = new StandardFormat('D', DiffTape.Decimals);
            Utf8Formatter.TryFormat(number, _buffer.AsSpan(offsets.Amount), out _, eightDigits);
        }
    }

    /// <summary>The number of the message that caused a quote.</summary>
    public static long NumberOf(long venueUnixNanos) => (venueUnixNanos / 1_000) - DiffTape.FirstEventMicros;
}
