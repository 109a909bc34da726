using System;
using System.Numerics;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// A row of the merged book as one positive number that is less for a row that comes first: how much worse than a fixed
/// one its price is, then its quantity turned round, then its venue. Nothing is lost: the row can be had back from it.
/// Behind the venue stands which of the venue's levels at hand it is, so that the next one is found without a search.
/// <code>
/// high  0                       1 bit
///       distance of the price   56 - quantity bits
///       complement of quantity  quantity bits
///       member                  4 bits
/// low   level of the member     3 bits
/// </code>
/// A row whose distance or quantity takes more bits has no such number and has to be compared otherwise.
/// </summary>
[HotPath]
internal readonly struct RowPacking
{
    /// <summary>Bits of quantities to begin with: at eight decimals, 2,748 units a level.</summary>
    public const int UsualQuantityBits = 38;

    /// <summary>No row; comes after every row.</summary>
    public const long None = long.MaxValue;

    /// <summary>Some row that is too far away for a number; comes after every row that has one.</summary>
    public const long Far = None - Places;

    /// <summary>A unit of quantity takes 1 shifted by this away from a number.</summary>
    public const int QuantityShift = 7;

    /// <summary>What a unit of quantity takes away from a number.</summary>
    public const long QuantityWeight = Places;

    /// <summary>Levels of a venue that can be told apart.</summary>
    public const int Levels = 1 << LevelBits;

    /// <summary>Venues times levels.</summary>
    public const int Places = 1 << QuantityShift;

    /// <summary>Levels of a venue that are numbers at a time; the place behind them is that of no row.</summary>
    public const int LevelsAtHand = 4;

    private const int LevelBits = 3;
    private const int MaxQuantityBits = 46;

    /// <summary>Packs rows with so many bits of quantity.</summary>
    public RowPacking(int quantityBits)
    {
        DistanceShift = QuantityShift + quantityBits;
        GreatestQuantity = (1L << quantityBits) - 1;
        GreatestDistance = (None >> DistanceShift) - 1;   // one less: no row is None
    }

    /// <summary>A unit of distance adds 1 shifted by this to a number.</summary>
    public int DistanceShift { get; }

    /// <summary>The greatest quantity that has room.</summary>
    public long GreatestQuantity { get; }

    /// <summary>The greatest distance that has room.</summary>
    public long GreatestDistance { get; }

    /// <summary>How far ahead of the best price distances begin, so that it may become better.</summary>
    public long Ahead => (GreatestDistance + 1) / 4;

    /// <summary>False for <see cref="None"/>, <see cref="Far"/> and <see cref="BehindOf"/>.</summary>
    public static bool IsRow(long number) => (number & LevelsAtHand) == 0;

    /// <summary>
    /// Comes directly behind a venue's last level at hand, to be met before anything else: others are to be made.
    /// </summary>
    public static long BehindOf(long last) => IsRow(last) ? last + 1 : last;

    /// <summary>Bits for quantities so that this one has room, as far as that is possible.</summary>
    public static int BitsFor(long quantity) =>
        Math.Clamp(65 - BitOperations.LeadingZeroCount((ulong)quantity), UsualQuantityBits, MaxQuantityBits);

    /// <summary>What a distance adds to a number.</summary>
    public long Weigh(long distance) => distance << DistanceShift;

    /// <summary>The number of a venue's first level with no distance and no quantity.</summary>
    public long Base(int member) => (GreatestQuantity << QuantityShift) + ((long)member << LevelBits);

    /// <summary>How much worse than the fixed one the price of a row is.</summary>
    public long DistanceOf(long number) => number >> DistanceShift;

    /// <summary>The quantity of a row.</summary>
    public long QuantityOf(long number) => ~(number >> QuantityShift) & GreatestQuantity;

    /// <summary>The venue of a row.</summary>
    public static int MemberOf(long number) => (int)((uint)number >> LevelBits) & ((Places / Levels) - 1);

    /// <summary>The venue of a row times <see cref="Levels"/>, and its level.</summary>
    public static nuint PlaceOf(long number) => (nuint)number & (Places - 1);
}
