using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LowLatencyQuoter.Shm;

/// <summary>
/// A place in the directory of instruments, 128 bytes; read and written under the directory's version.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
internal struct InstrumentEntry
{
    /// <summary>Bytes of an entry.</summary>
    public const int Bytes = 128;

    /// <summary>Bound of the name's bytes.</summary>
    public const int NameMax = 95;

    /// <summary>Nothing is quoted in this place.</summary>
    public const uint Free = 0;

    /// <summary>The instrument is quoted.</summary>
    public const uint Quoted = 1;

    /// <summary>A scale that no quote has told yet.</summary>
    public const byte UnknownScale = 255;

    [FieldOffset(0)]
    public uint Generation;

    [FieldOffset(4)]
    public uint State;

    [FieldOffset(8)]
    public int Position;

    [FieldOffset(12)]
    public byte PriceScale;

    [FieldOffset(13)]
    public byte QuantityScale;

    [FieldOffset(14)]
    public ushort VenueCount;

    [FieldOffset(16)]
    public VenueNumbers Venues;

    [FieldOffset(32)]
    public byte NameLength;

    [FieldOffset(33)]
    public NameText Name;

    /// <summary>Numbers of the venues, in the order of a quote's members.</summary>
    [InlineArray(QuoteRecord.MembersMax)]
    public struct VenueNumbers
    {
        private byte _first;
    }

    /// <summary>The name in ASCII.</summary>
    [InlineArray(NameMax)]
    public struct NameText
    {
        private byte _first;
    }
}
