using System;
using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Feeds.Recorder;

/// <summary>A piece of a record on its way to the writer's thread: a slot of the ring, of a KiB.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct FrameChunk
{
    /// <summary>Bytes of the chunk.</summary>
    public const int Size = 1_016;

    /// <summary>Bytes of content it has room for.</summary>
    public const int Room = Size - 24;

    /// <summary>When the record was received, on the reader's clock.</summary>
    public long Nanos;

    /// <summary>In a record's first chunk: bytes of its payload; in others 0.</summary>
    public int PayloadBytes;

    /// <summary>In a record's first chunk: bytes of its note, which stands before the payload.</summary>
    public int NoteBytes;

    /// <summary>Bytes of content in this chunk.</summary>
    public int Count;

    /// <summary>What the record is; 0 in every chunk but its first.</summary>
    public byte Kind;

    private fixed byte _content[Room];

    /// <summary>The content that there is room for.</summary>
    public Span<byte> Content => MemoryMarshal.CreateSpan(ref _content[0], Room);
}
