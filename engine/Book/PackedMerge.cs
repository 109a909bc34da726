using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// Merges one side of several books row by row. The next row of each venue is one number (<see cref="RowPacking"/>);
/// the least number is the next row. The numbers stand in four groups of four, each with its least: taking a row
/// changes one number, its group's least and the least of all, without a branch that depends on prices.
/// Knows the best levels of each venue only. Rows that have no number, dust, and rows further down need another merge:
/// <see cref="HasFailed"/> tells. Use: <see cref="Begin"/>, <see cref="Open"/> for each venue, <see cref="Start"/>,
/// then <see cref="Take"/> as often as there are rows. Threads: one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
internal sealed unsafe class PackedMerge<TSide>
    where TSide : struct, ISide
{
    private const int Leaves = QuoteHeader.MaxMembers;
    private const int Groups = 4;
    private const long FarthestBest = long.MaxValue - (1L << 32);   // the price of any packed row fits 64 bits
    private readonly ulong* _numbers;
    private readonly ulong* _groups;
    private readonly long* _bests;
    private readonly PackedHead* _heads;
    private readonly byte[] _memory;
    private RowPacking _packing = new(RowPacking.UsualQuantityBits);
    private uint _opened;
    private bool _hasFailed;
    private ulong _last;
    private ulong _least;
    private long _best;

    /// <summary>Takes memory that never moves.</summary>
    public PackedMerge()
    {
        const int Line = 64;
        _memory = GC.AllocateArray<byte>(
            ((Leaves + Groups + Leaves) * sizeof(ulong)) + (Leaves * sizeof(PackedHead)) + Line, pinned: true);
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        _heads = (PackedHead*)((start + Line - 1) & ~(nuint)(Line - 1));
        _numbers = (ulong*)(_heads + Leaves);
        _groups = _numbers + Leaves;
        _bests = (long*)(_groups + Groups);
    }

    /// <summary>True when the rows taken since <see cref="Begin"/> are worthless.</summary>
    public bool HasFailed => _hasFailed || _last >= RowPacking.Far;

    /// <summary>True when there is a further row.</summary>
    public bool HasMore => _least != RowPacking.None;

    /// <summary>How the levels of a venue enter from now on, the best of them included.</summary>
    public void SetScale(int member, in ConsolidatedMember scaling)
    {
        var head = _heads + member;
        head->PricePower = scaling.PricePower;
        head->QuantityPower = (ulong)scaling.QuantityPower;
        head->GreatestPrice = scaling.HasDust ? 0 : FarthestBest / scaling.PricePower;
        SetQuantities(member);
    }

    /// <summary>Forgets all venues.</summary>
    public void Begin()
    {
        _hasFailed = false;
        _last = 0;
        new Span<long>(_bests, Leaves).Fill(FarthestBest);
        _opened = 0;
        new Span<ulong>(_numbers, Leaves).Fill(RowPacking.None);
    }

    /// <summary>Puts a quoted venue on its best level; venues come in the order of their indices.</summary>
    /// <param name="member">Index of the venue.</param>
    /// <param name="levels">Its best levels, in memory that does not move; at least one.</param>
    /// <param name="hasOthers">True when it has more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Open(int member, ReadOnlySpan<Level> levels, bool hasOthers)
    {
        var head = _heads + member;
        var first = (Level*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(levels));
        var end = first + levels.Length;
        head->Next = first;
        head->End = end;
        head->HasOthers = hasOthers;
        var greatest = TSide.Side == Side.Bid || head->PricePower == 1 ? first->Price : end[-1].Price;
        _hasFailed |= greatest > head->GreatestPrice;
        _opened |= 1U << member;
        _bests[member] = TSide.Key(first->Price * head->PricePower);
    }

    /// <summary>All venues are open: the first row is ready.</summary>
    public void Start()
    {
        _best = BestOfAll();
        for (var opened = _opened; opened != 0; opened &= opened - 1)
        {
            var member = BitOperations.TrailingZeroCount(opened);
            _numbers[member] = NextNumber(member);
        }

        // one after the other: in a loop the least would be found by jumping, and half of the jumps guessed wrong
        _groups[0] = LeastOfFour(_numbers);
        _groups[1] = LeastOfFour(_numbers + 4);
        _groups[2] = LeastOfFour(_numbers + 8);
        _groups[3] = LeastOfFour(_numbers + 12);
        _least = LeastOfFour(_groups);
    }

    /// <summary>Takes the next row, which there must be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(ref QuoteRow row)
    {
        var number = _least;
        _last = number;
        var member = RowPacking.MemberOf(number);
        row.Price = TSide.Key(_best + (long)_packing.DistanceOf(number));
        row.Quantity = _packing.QuantityOf(number);
        row.Member = member;
        Replace(member, NextNumber(member));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong LeastOfFour(ulong* numbers) =>
        Math.Min(Math.Min(numbers[0], numbers[1]), Math.Min(numbers[2], numbers[3]));

    private long BestOfAll()
    {
        var keys = (Vector256<long>*)_bests;
        var least = Vector256.Min(Vector256.Min(keys[0], keys[1]), Vector256.Min(keys[2], keys[3]));
        return Math.Min(
            Math.Min(least.GetElement(0), least.GetElement(1)), Math.Min(least.GetElement(2), least.GetElement(3)));
    }

    /// <summary>The number of a venue's next level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong NextNumber(int member)
    {
        var head = _heads + member;
        var level = head->Next;
        if (level == head->End)
        {
            return End(head);
        }

        head->Next = level + 1;
        var distance = unchecked((ulong)(TSide.Key(level->Price * head->PricePower) - _best));
        var quantity = (ulong)level->Quantity;
        return quantity <= head->GreatestQuantity && distance <= _packing.GreatestDistance
            ? head->Base + _packing.Weigh(distance) - (quantity * head->Weight)
            : Stop(head, quantity);
    }

    /// <summary>A venue's levels are used up: what comes next is not known here, if there is anything.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong End(PackedHead* head)
    {
        _hasFailed |= head->HasOthers;
        return RowPacking.None;
    }

    /// <summary>
    /// A level has no number. One that is too far away comes after all rows that have one, and so do those behind it;
    /// for one that is too large there may be room the next time.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong Stop(PackedHead* head, ulong quantity)
    {
        head->Next = head->End;
        head->HasOthers = true;
        if (quantity > head->GreatestQuantity)
        {
            _hasFailed = true;
            var power = head->QuantityPower;
            _packing = new RowPacking(RowPacking.BitsFor(Math.Min(quantity, ulong.MaxValue / power) * power));
            for (var member = 0; member < Leaves; member++)
            {
                SetQuantities(member);
            }
        }

        return RowPacking.Far;
    }

    private void SetQuantities(int member)
    {
        var head = _heads + member;
        head->Base = _packing.Base(member);
        head->Weight = RowPacking.QuantityWeight * head->QuantityPower;
        head->GreatestQuantity = _packing.GreatestQuantity / Math.Max(1, head->QuantityPower);
    }

    /// <summary>Puts a venue's next number in place; what does not depend on it is compared first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Replace(int member, ulong number)
    {
        var others = Math.Min(Math.Min(_numbers[member ^ 1], _numbers[member ^ 2]), _numbers[member ^ 3]);
        var group = member >> 2;
        var otherGroups = Math.Min(Math.Min(_groups[group ^ 1], _groups[group ^ 2]), _groups[group ^ 3]);
        _numbers[member] = number;
        var least = Math.Min(number, others);
        _groups[group] = least;
        _least = Math.Min(least, otherGroups);
    }
}
