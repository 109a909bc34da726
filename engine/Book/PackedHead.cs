using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>Where a <see cref="PackedMerge{TSide}"/> stands in one venue's best levels.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct PackedHead
{
    /// <summary>The next level, on the book's scale.</summary>
    public Level* Next;

    /// <summary>Behind the last level.</summary>
    public Level* End;

    /// <summary>The number of the best price with nothing there.</summary>
    public ulong Base;

    /// <summary>Brings prices to the common scale.</summary>
    public long PricePower;

    /// <summary>Brings quantities to the common scale.</summary>
    public ulong QuantityPower;

    /// <summary>What a unit of quantity on the book's scale takes away from a number.</summary>
    public ulong Weight;

    /// <summary>The greatest price, on the book's scale, that fits the common one; 0 when none is welcome.</summary>
    public long GreatestPrice;

    /// <summary>The greatest quantity, on the book's scale, that a packed row has room for.</summary>
    public ulong GreatestQuantity;

    /// <summary>True when the venue has levels behind <see cref="End"/>.</summary>
    public bool HasOthers;
}
