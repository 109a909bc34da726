using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Shm;

/// <summary>
/// What stands before the rows, in an instrument's slot and in a slot of the ring alike: 336 bytes, the version first.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct QuoteRecord
{
    /// <summary>Bytes before the first bid row.</summary>
    public const int Bytes = 336;

    /// <summary>Bound of the venues of one quote.</summary>
    public const int MembersMax = 16;

    /// <summary>Flag: there is a quote; not set in the slot of an instrument that was not quoted yet.</summary>
    public const uint Present = 1;

    /// <summary>Flag: the best bid is at or above the best ask, of different venues.</summary>
    public const uint Crossed = 2;

    /// <summary>Odd while the slot is written.</summary>
    [FieldOffset(0)]
    public long Version;

    [FieldOffset(8)]
    public long Sequence;

    [FieldOffset(16)]
    public long Change;

    [FieldOffset(24)]
    public long Epoch;

    [FieldOffset(32)]
    public long VenueUnixNanos;

    [FieldOffset(40)]
    public long ReceivedNanos;

    [FieldOffset(48)]
    public long PublishedNanos;

    [FieldOffset(56)]
    public int Place;

    [FieldOffset(60)]
    public uint Generation;

    [FieldOffset(64)]
    public uint Flags;

    [FieldOffset(68)]
    public int BidCount;

    [FieldOffset(72)]
    public int AskCount;

    [FieldOffset(76)]
    public byte PriceScale;

    [FieldOffset(77)]
    public byte QuantityScale;

    [FieldOffset(78)]
    public byte MemberCount;

    [FieldOffset(79)]
    public byte CauseMember;

    [FieldOffset(80)]
    public MemberArray Members;

    /// <summary>The venues of the quote.</summary>
    [InlineArray(MembersMax)]
    public struct MemberArray
    {
        private SharedVenue _first;
    }
}
