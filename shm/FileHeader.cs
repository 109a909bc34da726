using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Shm;

/// <summary>
/// The first 4,096 bytes of the file, as <c>docs/shared-memory.md</c> describes them. What changes while the
/// writer runs stands in cache lines of its own: the heartbeat at 64, the ring's cursor at 128, the directory's version
/// at 192.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = HeaderBytes)]
internal struct FileHeader
{
    /// <summary>Bytes of the header.</summary>
    public const int HeaderBytes = 4_096;

    /// <summary><c>LLQUOTES</c> in ASCII, read as a little-endian number.</summary>
    public const ulong MagicNumber = 0x5345_544F_5551_4C4C;

    /// <summary>Version of the layout that this library writes and reads.</summary>
    public const uint LayoutVersion = 1;

    /// <summary>Reads otherwise on a machine with the other byte order.</summary>
    public const uint ByteOrderMark = 0x0102_0304;

    [FieldOffset(0)]
    public ulong Magic;

    [FieldOffset(8)]
    public uint Version;

    [FieldOffset(12)]
    public uint ByteOrder;

    [FieldOffset(16)]
    public long FileBytes;

    [FieldOffset(24)]
    public uint HeaderSize;

    [FieldOffset(28)]
    public uint State;

    [FieldOffset(32)]
    public long Epoch;

    [FieldOffset(40)]
    public int WriterPid;

    [FieldOffset(44)]
    public int SuccessorPid;

    [FieldOffset(48)]
    public long WriterStart;

    [FieldOffset(56)]
    public long UnixOffsetNanos;

    [FieldOffset(64)]
    public long HeartbeatNanos;

    [FieldOffset(128)]
    public long RingCursor;

    [FieldOffset(136)]
    public long Lost;

    [FieldOffset(192)]
    public long DirectoryVersion;

    [FieldOffset(256)]
    public int Levels;

    [FieldOffset(260)]
    public int Places;

    [FieldOffset(264)]
    public int Venues;

    [FieldOffset(268)]
    public int MembersMax;

    [FieldOffset(272)]
    public long VenuesOffset;

    [FieldOffset(280)]
    public int VenueBytes;

    [FieldOffset(284)]
    public int InstrumentBytes;

    [FieldOffset(288)]
    public long InstrumentsOffset;

    [FieldOffset(296)]
    public long SlotsOffset;

    [FieldOffset(304)]
    public int SlotBytes;

    [FieldOffset(308)]
    public int RowsOffset;

    [FieldOffset(312)]
    public long RingOffset;

    [FieldOffset(320)]
    public long RingSlots;

    [FieldOffset(328)]
    public int RowBytes;

    [FieldOffset(332)]
    public int HeartbeatMillis;
}
