using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// The next numbers (<see cref="RowPacking"/>) of up to 16 venues, in order, in two registers: taking the least one out
/// and putting another in is two comparisons a register, whatever the numbers are. Kept in local variables, so that
/// they stay in registers. Without AVX-512 the same is done in memory.
/// </summary>
[HotPath]
internal static class PackedHeads
{
    /// <summary>Numbers that both registers hold.</summary>
    public const int Capacity = 16;

    /// <summary>A register without a number.</summary>
    public static Vector512<long> Empty => Vector512.Create(RowPacking.None);

    /// <summary>Puts a number in; the greatest one falls out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(ref Vector512<long> low, ref Vector512<long> high, Vector512<long> number)
    {
        if (!Avx512F.IsSupported)
        {
            AddInMemory(ref low, ref high, number[0]);
            return;
        }

        // What stands before each number: the number itself where that is greater.
        var beforeLow = Avx512F.AlignRight64(low, Vector512.Create(long.MinValue), 7);
        var beforeHigh = Avx512F.AlignRight64(high, low, 7);
        high = Vector512.Min(high, Vector512.Max(beforeHigh, number));
        low = Vector512.Min(low, Vector512.Max(beforeLow, number));
    }

    /// <summary>Takes the least number out and puts another in, which is not less.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Replace(ref Vector512<long> low, ref Vector512<long> high, Vector512<long> number)
    {
        if (!Avx512F.IsSupported)
        {
            ReplaceInMemory(ref low, ref high, number[0]);
            return;
        }

        var behindLow = Avx512F.AlignRight64(high, low, 1);
        var behindHigh = Avx512F.AlignRight64(Empty, high, 1);
        low = Vector512.Max(low, Vector512.Min(behindLow, number));
        high = Vector512.Max(high, Vector512.Min(behindHigh, number));
    }

    /// <summary><see cref="Add"/> for any processor.</summary>
    public static void AddInMemory(ref Vector512<long> low, ref Vector512<long> high, long number)
    {
        for (var index = 0; index < Capacity; index++)
        {
            ref var held = ref At(ref low, ref high, index);
            if (number < held)
            {
                (held, number) = (number, held);
            }
        }
    }

    /// <summary><see cref="Replace"/> for any processor.</summary>
    public static void ReplaceInMemory(ref Vector512<long> low, ref Vector512<long> high, long number)
    {
        var index = 0;
        for (; index < Capacity - 1 && At(ref low, ref high, index + 1) < number; index++)
        {
            At(ref low, ref high, index) = At(ref low, ref high, index + 1);
        }

        At(ref low, ref high, index) = number;
    }

    private static ref long At(ref Vector512<long> low, ref Vector512<long> high, int index)
    {
        const int Half = Capacity / 2;
        ref var register = ref index < Half ? ref low : ref high;
        return ref Unsafe.Add(ref Unsafe.As<Vector512<long>, long>(ref register), index & (Half - 1));
    }
}
