using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Events;

/// <summary>
/// One venue message, or a part of a large one, as it lies in the ring. Levels are on the event's own scales. Bids fill
/// the array from the front, asks from the back, each in the order of the message, so that the sides may come in any
/// order. With the slot's sequence the whole is 1,024 bytes.
/// <code>
/// offset   0  book, kind, flags, scales (8)      offset  8  counts, fault, checksum (8)
/// offset  16  first, last update id (16)         offset 32  checksum algorithm, spare (8)
/// offset  40  venue, receive, decode stamps (24) offset 64  the wish that a snapshot answers (8)
/// offset  72  levels (59 x 16)                   1,016 in all
/// </code>
/// </summary>
[HotPath]
[StructLayout(LayoutKind.Sequential)]
public struct DepthEvent
{
    /// <summary>Levels of both sides together that one event holds; more continue in the next.</summary>
    public const int LevelCapacity = 59;

    /// <summary>Bytes of the header before the levels.</summary>
    public const int HeaderBytes = 72;

    /// <summary>Dense index of the book: one venue and instrument.</summary>
    public int Book;

    /// <summary>What the event says.</summary>
    public EventKind Kind;

    /// <summary>Position in a message that spans several events.</summary>
    public EventFlags Flags;

    /// <summary>Decimal digits of prices.</summary>
    public byte PriceScale;

    /// <summary>Decimal digits of quantities.</summary>
    public byte QuantityScale;

    /// <summary>Count of bid levels.</summary>
    public byte BidCount;

    /// <summary>Count of ask levels.</summary>
    public byte AskCount;

    /// <summary>With <see cref="EventKind.Fault"/> and <see cref="EventKind.Disconnected"/>: why.</summary>
    public FaultCode Fault;

    /// <summary>
    /// The venue's checksum after this message, where <see cref="ChecksumAlgorithm"/> says that there is one.
    /// </summary>
    public uint Checksum;

    /// <summary>
    /// The venue's first update id in this message, or the one it says to follow where the chain is linked; 0 where it
    /// has none.
    /// </summary>
    public long FirstUpdateId;

    /// <summary>The venue's last update id; 0 where it has none.</summary>
    public long LastUpdateId;

    /// <summary>How <see cref="Checksum"/> was made.</summary>
    public ChecksumAlgorithm ChecksumAlgorithm;

    /// <summary>The venue's event time, nanoseconds of Unix time; 0 where the message states none.</summary>
    public long VenueUnixNanos;

    /// <summary>When the last byte of the message was in user memory, on the injected clock.</summary>
    public long ReceivedNanos;

    /// <summary>When decoding was done, on the same clock.</summary>
    public long DecodedNanos;

    /// <summary>
    /// Of a snapshot that was asked for: the book's count of wishes at that moment, so that one asked for before a
    /// later fault is known to be too old; 0 where nobody asked, as in a recording.
    /// </summary>
    public long SnapshotWish;

    private LevelArray _levels;

    /// <summary>Bid number <paramref name="index"/>, 0 to <see cref="BidCount"/> - 1.</summary>
    [UnscopedRef]
    public ref Level Bid(int index) => ref _levels[index];

    /// <summary>Ask number <paramref name="index"/>, 0 to <see cref="AskCount"/> - 1.</summary>
    [UnscopedRef]
    public ref Level Ask(int index) => ref _levels[LevelCapacity - 1 - index];

    /// <summary>True when no further level fits.</summary>
    public readonly bool IsFull => BidCount + AskCount == LevelCapacity;

    /// <summary>
    /// Overwrites the header with zeros; the levels need no clearing, their counts say what is there.
    /// </summary>
    public void ClearHeader() =>
        Unsafe.InitBlockUnaligned(ref Unsafe.As<DepthEvent, byte>(ref this), 0, HeaderBytes);

    [InlineArray(LevelCapacity)]
    private struct LevelArray
    {
        private Level _first;
    }
}
