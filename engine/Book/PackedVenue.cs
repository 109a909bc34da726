using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// A venue's best levels on their way through a <see cref="PackedMerge{TSide}"/>. The number of a level is
/// <see cref="Base"/>, plus its distance from <see cref="Price"/> times the weight of a distance, less its quantity
/// times the weight of a quantity; all on the scale of the venue's book. One cache line.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal unsafe struct PackedVenue
{
    /// <summary>The best level.</summary>
    public Level* Top;

    /// <summary>Count of levels at hand.</summary>
    public int Count;

    /// <summary>How many of them were made to numbers.</summary>
    public int Passed;

    /// <summary>The price from which distances count.</summary>
    public long Price;

    /// <summary>The greatest distance that a number has room for.</summary>
    public long GreatestDistance;

    /// <summary>The greatest quantity that a number has room for; negative when no level is welcome.</summary>
    public long GreatestQuantity;

    /// <summary>The number of a row with no distance and no quantity.</summary>
    public long Base;

    /// <summary>What a tick of distance adds to a number.</summary>
    public long DistanceWeight;

    /// <summary>What a unit of quantity takes away from a number.</summary>
    public long QuantityWeight;

    /// <summary>Puts the venue on the best of these levels, whose memory does not move; none: it is left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Open(ReadOnlySpan<Level> levels)
    {
        Top = (Level*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(levels));
        Count = levels.Length;
    }
}
