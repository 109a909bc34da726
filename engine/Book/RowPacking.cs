using System;
using System.Numerics;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// A row of the merged book as one unsigned number that is less for a row that comes first: how much worse than the
/// best its price is, then its quantity turned round, then its venue. Nothing is lost: the row can be had back from it.
/// <code>
/// high  distance of the price   60 - quantity bits
///       complement of quantity  quantity bits
/// low   member                  4 bits
/// </code>
/// A row whose distance or quantity takes more bits has no such number and has to be compared otherwise.
/// </summary>
[HotPath]
internal readonly struct RowPacking
{
    /// <summary>Bits of quantities to begin with: at eight decimals, 2,748 units a level.</summary>
    public const int UsualQuantityBits = 38;

    /// <summary>No row; comes after every row.</summary>
    public const ulong None = ulong.MaxValue;

    /// <summary>Some row that is too far away for a number; comes after every row that has one.</summary>
    public const ulong Far = None - Members;

    private const int MaxQuantityBits = 48;
    private const int MemberBits = 4;
    private const int Members = 1 << MemberBits;
    private readonly int _distanceShift;

    /// <summary>Packs rows with so many bits of quantity.</summary>
    public RowPacking(int quantityBits)
    {
        _distanceShift = MemberBits + quantityBits;
        GreatestQuantity = (1UL << quantityBits) - 1;
        GreatestDistance = (ulong.MaxValue >> _distanceShift) - 1;   // one less: no row is None
    }

    /// <summary>The greatest quantity that has room.</summary>
    public ulong GreatestQuantity { get; }

    /// <summary>The greatest distance that has room.</summary>
    public ulong GreatestDistance { get; }

    /// <summary>What a unit of quantity takes away from a number.</summary>
    public static ulong QuantityWeight => Members;

    /// <summary>Bits for quantities so that this one has room, as far as that is possible.</summary>
    public static int BitsFor(ulong quantity) =>
        Math.Clamp(65 - BitOperations.LeadingZeroCount(quantity), UsualQuantityBits, MaxQuantityBits);

    /// <summary>What a distance adds to a number; modulo 2^64.</summary>
    public ulong Weigh(ulong distance) => distance << _distanceShift;

    /// <summary>The number of a venue's row with no distance and no quantity.</summary>
    public ulong Base(int member) => (GreatestQuantity * Members) + (uint)member;

    /// <summary>How much worse than the best the price of a row is.</summary>
    public ulong DistanceOf(ulong number) => number >> _distanceShift;

    /// <summary>The quantity of a row.</summary>
    public long QuantityOf(ulong number) => (long)(~(number / Members) & GreatestQuantity);

    /// <summary>The venue of a row.</summary>
    public static int MemberOf(ulong number) => (int)(number % Members);
}
