using System;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine.Ring;

namespace LowLatencyQuoter.Feeds.Recorder;

/// <summary>
/// Takes what a connection receives, byte for byte, for a <see cref="RecordingWriter"/> on another thread. Never waits:
/// what finds no room is lost, counted, and a mark in the file says how many were.
/// Threads: records by the connection's reader; <see cref="Lost"/> by any.
/// </summary>
public sealed class FrameRecorder : IDisposable
{
    private const int Chunks = 1 << 14;   // 16 MiB
    private const int ChunksToAWake = Chunks / 8;
    private readonly RingBuffer<FrameChunk> _ring;
    private readonly SingleProducerSequencer<FrameChunk> _sequencer;
    private readonly WaitSignal? _signal;
    private long _lost;
    private long _lostTold;
    private long _woken;

    /// <summary>Makes a recorder of a venue's connection.</summary>
    /// <param name="venue">Whose it is.</param>
    /// <param name="signal">Wakes the writer's thread when much has come together; null: it looks by itself.</param>
    public FrameRecorder(string venue, WaitSignal? signal = null)
    {
        Venue = venue;
        _signal = signal;
        _ring = new RingBuffer<FrameChunk>(Chunks, layout: SequenceLayout.Cursor);
        Barrier = new SequenceBarrier<FrameChunk>(_ring);
        _sequencer = new SingleProducerSequencer<FrameChunk>(_ring, Taken);
    }

    /// <summary>Whose connection it is.</summary>
    public string Venue { get; }

    /// <summary>Records that found no room.</summary>
    public long Lost => Volatile.Read(ref _lost);

    internal Sequence Taken { get; } = new();

    internal SequenceBarrier<FrameChunk> Barrier { get; }

    /// <summary>A message of the socket.</summary>
    [Engine.HotPath]
    public void OnFrame(ReadOnlySpan<byte> payload, long nanos) =>
        Record(RecordLetter.Frame, nanos, default, payload);

    /// <summary>The socket was opened: what was known of the venue's books before is over.</summary>
    public void OnConnect(Uri address, long nanos) =>
        Record(RecordLetter.Connect, nanos, Encoding.UTF8.GetBytes(address.AbsoluteUri), default);

    /// <summary>The body of a REST answer.</summary>
    public void OnRest(Uri address, ReadOnlySpan<byte> body, long nanos) =>
        Record(RecordLetter.Rest, nanos, Encoding.UTF8.GetBytes(address.AbsoluteUri), body);

    /// <inheritdoc/>
    public void Dispose() => _ring.Dispose();

    internal ref FrameChunk ChunkAt(long sequence) => ref _ring[sequence];

    [Engine.HotPath]
    private void Record(byte kind, long nanos, ReadOnlySpan<byte> note, ReadOnlySpan<byte> payload)
    {
        if (_lost != _lostTold)
        {
            TellLost(nanos);
        }

        var bytes = note.Length + payload.Length;
        var chunks = Math.Max(1, (bytes + FrameChunk.Room - 1) / FrameChunk.Room);
        if (note.Length > FrameChunk.Room || !_sequencer.TryNext(chunks, out var last))
        {
            Volatile.Write(ref _lost, _lost + 1);
            return;
        }

        var sequence = last - chunks + 1;
        ref var first = ref _ring[sequence];
        Begin(ref first, kind, nanos, note.Length, payload.Length);
        note.CopyTo(first.Content);
        var count = Math.Min(payload.Length, FrameChunk.Room - note.Length);
        payload[..count].CopyTo(first.Content[note.Length..]);
        first.Count = note.Length + count;
        for (var at = count; at < payload.Length; at += count)
        {
            ref var chunk = ref _ring[++sequence];
            count = Math.Min(payload.Length - at, FrameChunk.Room);
            Begin(ref chunk, 0, nanos, 0, 0);
            payload.Slice(at, count).CopyTo(chunk.Content);
            chunk.Count = count;
        }

        _sequencer.Publish(last);
        if (_signal is not null && last - _woken >= ChunksToAWake)
        {
            _woken = last;
            _signal.Notify();
        }
    }

    private static void Begin(ref FrameChunk chunk, byte kind, long nanos, int noteBytes, int payloadBytes)
    {
        chunk.Kind = kind;
        chunk.Nanos = nanos;
        chunk.NoteBytes = noteBytes;
        chunk.PayloadBytes = payloadBytes;
    }

    /// <summary>Once there is room again: how many are missing at this place.</summary>
    private void TellLost(long nanos)
    {
        if (!_sequencer.TryNext(1, out var last))
        {
            return;
        }

        ref var chunk = ref _ring[last];
        Begin(ref chunk, RecordLetter.Lost, nanos, 0, 0);
        (_lost - _lostTold).TryFormat(chunk.Content, out var count);
        chunk.NoteBytes = count;
        chunk.Count = count;
        _lostTold = _lost;
        _sequencer.Publish(last);
    }
}
