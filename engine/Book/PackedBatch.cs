using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>Makes the numbers of four levels of a venue at once, and rows of four numbers, in vectors.</summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
internal readonly unsafe ref struct PackedBatch<TSide>
    where TSide : struct, ISide
{
    private readonly Vector256<long> _from;
    private readonly Vector256<ulong> _distanceShift;
    private readonly Vector256<ulong> _greatestDistance;

    /// <summary>For all venues of a merge.</summary>
    /// <param name="packing">How rows become numbers.</param>
    /// <param name="from">The price from which distances count.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedBatch(in RowPacking packing, long from)
    {
        _from = Vector256.Create(from);
        _distanceShift = Vector256.Create((ulong)packing.DistanceShift);
        _greatestDistance = Vector256.Create((ulong)packing.GreatestDistance);
    }

    /// <summary>True where the processor has such vectors.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Writes the numbers of a venue's next four levels; false when one of them has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNumber(Level* levels, PackedVenue* venue)
    {
        var one = Vector256.Load((long*)levels);
        var other = Vector256.Load((long*)levels + 4);
        var prices = Avx2.UnpackLow(one, other);   // of levels 0, 2, 1, 3
        var quantities = Avx2.UnpackHigh(one, other);
        var beyond = Vector256.GreaterThan(quantities, Vector256.Create(venue->GreatestQuantity));
        if (venue->IsPlain)
        {
            quantities <<= RowPacking.QuantityShift;
        }
        else
        {
            beyond |= Vector256.GreaterThan(prices, Vector256.Create(venue->GreatestPrice));
            prices *= Vector256.Create(venue->PricePower);
            quantities *= Vector256.Create(venue->Weight);
        }

        var distances = TSide.Side == Side.Bid ? _from - prices : prices - _from;
        var rows = Avx2.ShiftLeftLogicalVariable(distances, _distanceShift)
            + (Vector256.Create(venue->Base) - quantities);
        Avx2.Permute4x64(rows, 0b11_01_10_00).Store(venue->Numbers);
        beyond |= Vector256.GreaterThan(distances.AsUInt64(), _greatestDistance).AsInt64();
        return beyond == Vector256<long>.Zero;
    }

    /// <summary>Writes the rows of four numbers, the first of them and so on to the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CopyTo(long* numbers, long greatestQuantity, ref QuoteRow first, ref QuoteRow last)
    {
        var rows = Vector256.Load(numbers);
        var distances = Avx2.ShiftRightLogicalVariable(rows, _distanceShift);
        var prices = TSide.Side == Side.Bid ? _from - distances : _from + distances;
        var quantities = Vector256.AndNot(
            Vector256.Create(greatestQuantity), Vector256.ShiftRightLogical(rows, RowPacking.QuantityShift));
        var even = Avx2.UnpackLow(prices, quantities);   // rows 0 and 2
        var odd = Avx2.UnpackHigh(prices, quantities);
        Write(even.GetLower(), numbers[0], ref first);
        Write(odd.GetLower(), numbers[1], ref Unsafe.Add(ref first, 1));
        Write(even.GetUpper(), numbers[2], ref Unsafe.Add(ref last, -1));
        Write(odd.GetUpper(), numbers[3], ref last);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(Vector128<long> priceAndQuantity, long number, ref QuoteRow row)
    {
        Unsafe.WriteUnaligned(ref Unsafe.As<QuoteRow, byte>(ref row), priceAndQuantity);
        row.Member = (int)RowPacking.MemberOf(number);
    }
}
