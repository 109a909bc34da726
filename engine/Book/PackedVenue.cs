using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>A venue's best levels on their way through a <see cref="PackedMerge{TSide}"/>.</summary>
[StructLayout(LayoutKind.Sequential, Size = 128)]
internal unsafe struct PackedVenue
{
    /// <summary>Levels that become numbers at once.</summary>
    public const int Four = 4;

    /// <summary>The numbers (<see cref="RowPacking"/>) of four levels; behind the last one stands the end.</summary>
    public fixed long Numbers[Four];

    /// <summary>Which of the numbers comes after the venue's next row.</summary>
    public long Position;

    /// <summary>The level of the first of the numbers, on the book's scale.</summary>
    public Level* Levels;

    /// <summary>Count of levels from there on.</summary>
    public int Count;

    /// <summary>Count of the venue's levels behind those.</summary>
    public int Others;

    /// <summary>The number of a row with no distance and no quantity.</summary>
    public long Base;

    /// <summary>Brings prices to the common scale.</summary>
    public long PricePower;

    /// <summary>What a unit of quantity on the book's scale takes away from a number.</summary>
    public long Weight;

    /// <summary>The greatest quantity, on the book's scale, that a number has room for.</summary>
    public long GreatestQuantity;

    /// <summary>The greatest price, on the book's scale, that fits the common one; 0 when none is welcome.</summary>
    public long GreatestPrice;

    /// <summary>True when its levels enter as they are.</summary>
    public bool IsPlain;
}
