using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>Makes the numbers of four levels of a venue at once, and rows of four numbers, in vectors.</summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
internal static unsafe class PackedBatch<TSide>
    where TSide : struct, ISide
{
    /// <summary>Levels, and rows, at once.</summary>
    public const int Four = RowPacking.LevelsAtHand;

    /// <summary>True where the processor has such vectors.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Writes the numbers of a venue's next four levels; false when one of them has none.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="levels">Four levels.</param>
    /// <param name="numbers">Where the numbers go, and what stands behind them.</param>
    /// <param name="first">The first of them, in every place.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryNumber(PackedVenue* venue, Level* levels, long* numbers, out Vector512<long> first)
    {
        var one = Vector256.Load((long*)levels);
        var other = Vector256.Load((long*)levels + 4);
        var prices = Avx2.UnpackLow(one, other);   // of levels 0, 2, 1, 3
        var quantities = Avx2.UnpackHigh(one, other);
        var from = Vector256.Create(venue->Price);
        var distances = TSide.Side == Side.Bid ? from - prices : prices - from;
        var rows = Vector256.Create(0L, 2, 1, 3) + Vector256.Create(venue->Base)
            + (distances * Vector256.Create(venue->DistanceWeight))
            - (quantities * Vector256.Create(venue->QuantityWeight));
        var inOrder = Avx2.Permute4x64(rows, 0b11_01_10_00);
        (inOrder + Vector256<long>.One).Store(numbers + 1);   // of which the last stays: see RowPacking.BehindOf
        inOrder.Store(numbers);
        first = Avx512F.IsSupported
            ? Avx512F.BroadcastScalarToVector512(rows.GetLower())
            : Vector512.Create(rows.ToScalar());
        var greatest = Vector256.Create((ulong)venue->GreatestDistance);
        var beyond = Vector256.GreaterThan(distances.AsUInt64(), greatest).AsInt64()
            | Vector256.GreaterThan(quantities, Vector256.Create(venue->GreatestQuantity));
        return beyond == Vector256<long>.Zero;
    }

    /// <summary>Writes the rows of four numbers to both places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CopyTo(long* numbers, in RowPacking packing, long from, ref QuoteRow rows, ref QuoteRow others)
    {
        var packed = Vector256.Load(numbers);
        var distances = Avx2.ShiftRightLogicalVariable(packed, Vector256.Create((ulong)packing.DistanceShift));
        var prices = TSide.Side == Side.Bid ? Vector256.Create(from) - distances : Vector256.Create(from) + distances;
        var quantities = Vector256.AndNot(
            Vector256.Create(packing.GreatestQuantity),
            Vector256.ShiftRightLogical(packed, RowPacking.QuantityShift));
        var even = Avx2.UnpackLow(prices, quantities);   // rows 0 and 2
        var odd = Avx2.UnpackHigh(prices, quantities);
        Write(even.GetLower(), numbers[0], ref rows, ref others);
        Write(odd.GetLower(), numbers[1], ref Unsafe.Add(ref rows, 1), ref Unsafe.Add(ref others, 1));
        Write(even.GetUpper(), numbers[2], ref Unsafe.Add(ref rows, 2), ref Unsafe.Add(ref others, 2));
        Write(odd.GetUpper(), numbers[3], ref Unsafe.Add(ref rows, 3), ref Unsafe.Add(ref others, 3));
    }

    /// <summary>Writes one row to both places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(Vector128<long> priceAndQuantity, long number, ref QuoteRow row, ref QuoteRow other)
    {
        var member = RowPacking.MemberOf(number);
        Unsafe.WriteUnaligned(ref Unsafe.As<QuoteRow, byte>(ref row), priceAndQuantity);
        row.Member = member;
        Unsafe.WriteUnaligned(ref Unsafe.As<QuoteRow, byte>(ref other), priceAndQuantity);
        other.Member = member;
    }
}
