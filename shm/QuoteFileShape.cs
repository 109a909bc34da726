using System.Collections.Generic;
using System.Numerics;

namespace LowLatencyQuoter.Shm;

/// <summary>What a file has room for, and where its parts lie. All of it is fixed while the file exists.</summary>
internal sealed record QuoteFileShape
{
    /// <summary>Bound of a file: 2 GiB. What claims to be larger is refused.</summary>
    public const long FileBytesMax = 1L << 31;

    /// <summary>Bytes of a venue's entry: a length and up to 31 letters.</summary>
    public const int VenueBytes = 32;

    /// <summary>Bytes of a row.</summary>
    public const int RowBytes = 24;

    private const int Line = 64;

    /// <summary>Rows a side.</summary>
    public required int Levels { get; init; }

    /// <summary>Places for instruments.</summary>
    public required int Places { get; init; }

    /// <summary>Names of the venues; their order gives the numbers.</summary>
    public required IReadOnlyList<string> Venues { get; init; }

    /// <summary>Bound of the ring's bytes; it gets the power of two of slots that fits.</summary>
    public required long RingBytes { get; init; }

    /// <summary>Bytes from one slot to the next.</summary>
    public int SlotBytes => Round(QuoteRecord.Bytes + (2 * Levels * RowBytes));

    /// <summary>Slots of the ring.</summary>
    public long RingSlots => (long)BitOperations.RoundUpToPowerOf2((ulong)(RingBytes / SlotBytes) + 1) / 2;

    /// <summary>Where the names of the venues begin.</summary>
    public static long VenuesOffset => FileHeader.HeaderBytes;

    /// <summary>Where the directory of instruments begins.</summary>
    public long InstrumentsOffset => VenuesOffset + Round(Venues.Count * VenueBytes);

    /// <summary>Where the instruments' slots begin.</summary>
    public long SlotsOffset => InstrumentsOffset + ((long)Places * InstrumentEntry.Bytes);

    /// <summary>Where the ring begins.</summary>
    public long RingOffset => SlotsOffset + ((long)Places * SlotBytes);

    /// <summary>Bytes of the file.</summary>
    public long FileBytes => RingOffset + (RingSlots * SlotBytes);

    /// <summary>Checks that it can be made.</summary>
    /// <exception cref="SharedFileException">The ring is too small, or all of it too large.</exception>
    public void Check()
    {
        if (RingSlots < 2)
        {
            throw new SharedFileException(
                $"shm.ringBytes: {RingBytes} bytes hold no two quotes of {Levels} levels: give "
                + $"{2 * SlotBytes} or more");
        }

        if (FileBytes > FileBytesMax)
        {
            throw new SharedFileException(
                $"shm: the file would take {FileBytes} bytes, and {FileBytesMax} are the bound: quote fewer levels or "
                + "instruments, or give shm.ringBytes less");
        }
    }

    private static int Round(int bytes) => (bytes + Line - 1) & -Line;
}
