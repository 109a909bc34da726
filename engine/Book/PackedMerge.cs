using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// Merges one side of several books row by row. Rows become numbers (<see cref="RowPacking"/>), four levels of a venue
/// at a time; the least number is the next row. The next number of each venue stands in order in registers
/// (<see cref="PackedHeads"/>): taking a row puts the venue's next number in, without a jump that depends on prices.
/// Distances are counted from a price a little ahead of the best one, which moves only when that moves by far, so that
/// one pass over the venues is enough. Knows the best levels of each venue only. Rows that have no number, dust, and
/// rows further down need another merge: <see cref="HasFailed"/> tells. Use: <see cref="Begin"/>, <see cref="Start"/>,
/// <see cref="Take"/> as often as there are rows, then <see cref="CopyTo"/>. Threads: one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
internal sealed unsafe class PackedMerge<TSide>
    where TSide : struct, ISide
{
    private const int Venues = QuoteHeader.MaxMembers;
    private const int MaxRows = 32;
    private const int Heads = 16;   // in two registers
    private const int Four = PackedBatch<TSide>.Four;
    private readonly PackedVenue* _venues;
    private readonly long* _numbers;
    private readonly long* _taken;
    private readonly long* _heads;
    private readonly byte[] _memory;
    private readonly ConsolidatedMember[] _scaling = new ConsolidatedMember[Venues];
    private RowPacking _packing = new(RowPacking.UsualQuantityBits);
    private long _from;
    private bool _hasFailed;

    /// <summary>Takes memory that never moves.</summary>
    public PackedMerge()
    {
        // Both sides are merged by turns. A load waits for an earlier store whose address ends alike, so the two stand
        // in different parts of a page.
        const int Page = 4096;
        var offset = TSide.Side == Side.Bid ? 0 : Page / 2;
        var bytes = (Venues * sizeof(PackedVenue)) + ((RowPacking.Places + MaxRows + Heads) * sizeof(long));
        _memory = GC.AllocateArray<byte>(bytes + offset + Page, pinned: true);
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        _numbers = (long*)(((start + Page - 1) & ~(nuint)(Page - 1)) + (nuint)offset);
        _taken = _numbers + RowPacking.Places;
        _heads = _taken + MaxRows;
        _venues = (PackedVenue*)(_heads + Heads);
    }

    /// <summary>True when the rows taken since <see cref="Begin"/> are worthless.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>The least of the venues' next numbers, in order, as <see cref="Start(int)"/> left them.</summary>
    public Vector512<long> Low => Vector512.LoadAligned(_heads);

    /// <summary>The others.</summary>
    public Vector512<long> High => Vector512.LoadAligned(_heads + (Heads / 2));

    /// <summary>How the levels of a venue enter from now on, the best of them included.</summary>
    public void SetScale(int member, in ConsolidatedMember scaling)
    {
        _scaling[member] = scaling;
        SetScale(member);
    }

    /// <summary>Where the best price is; numbers are good until it is better by far.</summary>
    public void SetBest(long price)
    {
        var ahead = _packing.Ahead;
        if ((ulong)(TSide.Key(price) - _from - (ahead / 2)) > (ulong)ahead)
        {
            _from = TSide.Key(price) - ahead;
            SetScales();
        }
    }

    /// <summary>Begins a merge; returns the venues, each of which is to be opened.</summary>
    public PackedVenue* Begin()
    {
        _hasFailed = false;
        return _venues;
    }

    /// <summary>The first venues are open; puts them in order.</summary>
    /// <remarks>
    /// They are left in memory that begins with a cache line: on a stack they might lie across two, and whoever reads
    /// what has just been written across two waits until it has reached the cache.
    /// </remarks>
    /// <param name="venues">Count of venues.</param>
    public void Start(int venues)
    {
        var least = PackedHeads.Empty;
        var venue = _venues;
        var numbers = _numbers;
        var others = PackedHeads.Empty;
        uint rest = 0;
        for (var member = 0; member < venues; member++, venue++, numbers += RowPacking.Levels)
        {
            if (venue->Count == 0)
            {
                continue;
            }

            venue->Passed = Four;
            if (!PackedBatch<TSide>.IsSupported || venue->Count < Four
                || !PackedBatch<TSide>.TryNumber(venue, venue->Top, numbers, out var first))
            {
                rest |= 1U << member;   // later: without a call in here all stays in registers
                continue;
            }

            PackedHeads.Add(ref least, ref others, first);
        }

        Leave(least, others);
        if (rest != 0)
        {
            AddOneByOne(rest);
        }
    }

    /// <summary>Begins without venues.</summary>
    /// <param name="number">What comes first and last.</param>
    public void StartWithout(long number) => Leave(Vector512.Create(number), PackedHeads.Empty);

    /// <summary>Takes the row of this number, the least one; returns the number of the row behind it.</summary>
    /// <returns>
    /// A row's number (<see cref="RowPacking.IsRow"/>); or <see cref="RowPacking.None"/>, <see cref="RowPacking.Far"/>;
    /// or one that has to be given to <see cref="Refill"/>.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Take(ref Vector512<long> low, ref Vector512<long> high, long number, nuint index)
    {
        _taken[index] = number;
        PackedHeads.Replace(ref low, ref high, Vector512.Create(_numbers[RowPacking.PlaceOf(number) + 1]));
        return low.ToScalar();
    }

    /// <summary>The numbers of a venue are used up: makes others; returns the number of the next row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Refill(ref Vector512<long> low, ref Vector512<long> high, long number)
    {
        PackedHeads.Replace(ref low, ref high, Vector512.Create(NumberOthers((nuint)RowPacking.MemberOf(number))));
        return low.ToScalar();
    }

    /// <summary>
    /// Writes the rows that were taken to both places, from one reading: a copy of rows just written would wait until
    /// the stores have reached the cache.
    /// </summary>
    public void CopyTo(Span<QuoteRow> rows, Span<QuoteRow> others)
    {
        var taken = _taken;
        var index = 0;
        if (PackedBatch<TSide>.IsSupported)
        {
            var price = TSide.Key(_from);
            for (; index <= Math.Min(rows.Length, others.Length) - Four; index += Four)
            {
                PackedBatch<TSide>.CopyTo(taken + index, in _packing, price, ref rows[index], ref others[index]);
            }
        }

        for (; index < rows.Length && index < others.Length; index++)
        {
            var price = TSide.Key(_from + _packing.DistanceOf(taken[index]));
            PackedBatch<TSide>.Write(
                Vector128.Create(price, _packing.QuantityOf(taken[index])),
                taken[index],
                ref rows[index],
                ref others[index]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Leave(Vector512<long> low, Vector512<long> high)
    {
        low.StoreAligned(_heads);
        high.StoreAligned(_heads + (Heads / 2));
    }

    /// <summary>Adds the venues of these bits, whose levels are too few or have no number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddOneByOne(uint members)
    {
        var low = Low;
        var high = High;
        for (; members != 0; members &= members - 1)
        {
            var member = (nuint)BitOperations.TrailingZeroCount(members);
            _venues[member].Passed = 0;
            PackedHeads.AddInMemory(ref low, ref high, NumberOthers(member));
        }

        Leave(low, high);
    }

    /// <summary>Makes the numbers of a venue's next four levels; returns the first.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long NumberOthers(nuint member)
    {
        var venue = _venues + member;
        var numbers = _numbers + (member * RowPacking.Levels);
        for (var index = 0; index < Four; index++)
        {
            numbers[index] = venue->Passed < venue->Count
                ? NumberOf(venue, (int)member, index)
                : venue->Count < IBookSide<TSide>.TopCount ? RowPacking.None : RowPacking.Far;
        }

        numbers[Four] = RowPacking.BehindOf(numbers[Four - 1]);
        return numbers[0];
    }

    /// <summary>
    /// The number of a venue's next level. A level that has none comes after all rows that have one, and so do those
    /// behind it; or all was in vain.
    /// </summary>
    private long NumberOf(PackedVenue* venue, int member, int place)
    {
        var level = venue->Top + venue->Passed;
        venue->Passed++;
        var distance = TSide.Side == Side.Bid ? venue->Price - level->Price : level->Price - venue->Price;
        if (distance >= 0 && distance <= venue->GreatestDistance && level->Quantity <= venue->GreatestQuantity)
        {
            return venue->Base + place
                + (distance * venue->DistanceWeight) - (level->Quantity * venue->QuantityWeight);
        }

        var fits = level->Price <= long.MaxValue / _scaling[member].PricePower;   // on the common scale
        var isFar = distance > venue->GreatestDistance && fits;
        _hasFailed |= !isFar;   // better than expected, or not welcome, or a quantity without room
        if (!isFar && fits && distance >= 0 && venue->GreatestQuantity >= 0)
        {
            MakeRoomFor(level->Quantity, _scaling[member].QuantityPower);
        }

        venue->Count = IBookSide<TSide>.TopCount;
        venue->Passed = venue->Count;
        return RowPacking.Far;
    }

    /// <summary>For a quantity that is too large there may be room the next time.</summary>
    private void MakeRoomFor(long quantity, long power)
    {
        _packing = new RowPacking(RowPacking.BitsFor(Math.Min(quantity, long.MaxValue / power) * power));
        SetScales();
    }

    private void SetScales()
    {
        for (var member = 0; member < Venues; member++)
        {
            if (_scaling[member].PricePower != 0)
            {
                SetScale(member);
            }
        }
    }

    private void SetScale(int member)
    {
        ref readonly var scaling = ref _scaling[member];
        var power = scaling.PricePower;
        var common = TSide.Key(_from);
        var price = common / power;
        if (price * power != common && TSide.Better(price * power, common))
        {
            price += TSide.Side == Side.Bid ? -1 : 1;   // never ahead of where all distances begin
        }

        var behind = Math.Abs((price * power) - common);
        var room = _packing.GreatestDistance - behind;
        var venue = _venues + member;
        venue->Price = price;
        venue->GreatestDistance = Math.Max(0, room) / power;
        venue->GreatestQuantity =
            room < 0 || scaling.HasDust ? -1 : _packing.GreatestQuantity / scaling.QuantityPower;
        venue->Base = _packing.Base(member) + _packing.Weigh(Math.Min(behind, _packing.GreatestDistance));
        venue->DistanceWeight = _packing.Weigh(power);
        venue->QuantityWeight = RowPacking.QuantityWeight * scaling.QuantityPower;
    }
}
