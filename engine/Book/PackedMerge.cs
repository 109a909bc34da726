using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// Merges one side of several books row by row. Rows become numbers (<see cref="RowPacking"/>), four of a venue at a
/// time; the least number is the next row. The venues stand in groups of four, each with its least: taking a row
/// changes one number, its group's least and the least of all, without a jump that depends on prices.
/// Distances are counted from a little ahead of where the best price was last time, so that one pass over the venues
/// is enough. Knows the best levels of each venue only. Rows that have no number, dust, and rows further down need
/// another merge: <see cref="HasFailed"/> tells. Use: <see cref="Begin"/>, <see cref="Open"/> or <see cref="Skip"/> for
/// each venue, <see cref="Start"/>, <see cref="Take"/> as often as there are rows, then <see cref="CopyTo"/>. Threads:
/// one, the engine's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
internal sealed unsafe class PackedMerge<TSide>
    where TSide : struct, ISide
{
    private const long Ahead = 1 << 18;
    private const long GreatestPrice = 1L << 62;
    private const int MaxRows = 32;
    private readonly PackedHeads* _heads;
    private readonly PackedVenue* _venues;
    private readonly long* _taken;
    private readonly byte[] _memory;
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
        var bytes = (PackedHeads.Venues * sizeof(PackedVenue)) + sizeof(PackedHeads) + (MaxRows * sizeof(long));
        _memory = GC.AllocateArray<byte>(bytes + offset + Page, pinned: true);
        var start = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        _heads = (PackedHeads*)(((start + Page - 1) & ~(nuint)(Page - 1)) + (nuint)offset);
        _taken = (long*)(_heads + 1);
        _venues = (PackedVenue*)(_taken + MaxRows);
        for (nuint venue = 0; venue < PackedHeads.Venues; venue++)
        {
            Skip(venue);
        }
    }

    /// <summary>True when the rows taken since <see cref="Begin"/> are worthless.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>How the levels of a venue enter from now on, the best of them included.</summary>
    public void SetScale(int member, in ConsolidatedMember scaling)
    {
        var venue = _venues + member;
        venue->PricePower = scaling.PricePower;
        venue->GreatestPrice = scaling.HasDust ? 0 : GreatestPrice / scaling.PricePower;
        venue->IsPlain = scaling.IsPlain;
        venue->Weight = RowPacking.QuantityWeight * scaling.QuantityPower;
        SetQuantities(member);
    }

    /// <summary>Where the best price was last time; numbers are good until it is better by far.</summary>
    public void SetBest(long price) => _from = TSide.Key(price) - Ahead;

    /// <summary>Begins a merge; returns what the venues are opened with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PackedBatch<TSide> Begin()
    {
        _hasFailed = false;
        return new PackedBatch<TSide>(in _packing, TSide.Key(_from));
    }

    /// <summary>Puts a venue on its best level.</summary>
    /// <param name="batch">From <see cref="Begin"/>.</param>
    /// <param name="member">Index of the venue.</param>
    /// <param name="levels">Its best levels, in memory that does not move.</param>
    /// <param name="others">How many more it has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Open(in PackedBatch<TSide> batch, nuint member, ReadOnlySpan<Level> levels, int others)
    {
        var venue = _venues + member;
        venue->Levels = (Level*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(levels));
        venue->Count = levels.Length;
        venue->Others = others;
        venue->Position = 1;
        SetFirst(member, Number(in batch, venue, venue->Levels, levels.Length));
    }

    /// <summary>Leaves a venue out.</summary>
    public void Skip(nuint member) => SetFirst(member, RowPacking.None);

    /// <summary>All venues are open; returns the number of the first row.</summary>
    public long Start()
    {
        var heads = _heads;
        StartGroup(heads, 0);
        StartGroup(heads, 1);
        StartGroup(heads, 2);
        StartGroup(heads, 3);
        return LeastOfFour(heads->Groups);
    }

    /// <summary>
    /// Takes the row of this number, which is the next one; returns the number of the row behind it. Never part of a
    /// loop: there the runtime would jump to take the lesser of two numbers, and half of the jumps be guessed wrong.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public long Take(long number, nuint index)
    {
        _taken[index] = number;
        var member = RowPacking.MemberOf(number);
        var venue = _venues + member;
        var position = venue->Position;
        venue->Position = position + 1;
        var next = position != PackedVenue.Four ? venue->Numbers[position] : NumberOthers(venue);

        var firsts = _heads->Firsts + PackedHeads.PlaceOf(member);
        var groups = _heads->Groups + (member / PackedHeads.Four);
        var others = Math.Min(Math.Min(firsts[1], firsts[2]), firsts[3]);
        var otherGroups = Math.Min(Math.Min(groups[1], groups[2]), groups[3]);
        firsts[0] = next;
        firsts[PackedHeads.Four] = next;
        var least = Math.Min(next, others);
        groups[0] = least;
        groups[PackedHeads.Four] = least;
        return Math.Min(least, otherGroups);
    }

    /// <summary>Writes the rows that were taken.</summary>
    public void CopyTo(Span<QuoteRow> rows)
    {
        var index = 0;
        if (PackedBatch<TSide>.IsSupported)
        {
            var batch = new PackedBatch<TSide>(in _packing, TSide.Key(_from));
            for (; index <= rows.Length - PackedVenue.Four; index += PackedVenue.Four)
            {
                batch.CopyTo(_taken + index, _packing.GreatestQuantity, ref rows[index], ref rows[index + 3]);
            }
        }

        for (; index < rows.Length; index++)
        {
            ref var row = ref rows[index];
            var number = _taken[index];
            row.Price = TSide.Key(_from + _packing.DistanceOf(number));
            row.Quantity = _packing.QuantityOf(number);
            row.Member = (int)RowPacking.MemberOf(number);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StartGroup(PackedHeads* heads, int group)
    {
        var least = LeastOfFour(heads->Firsts + (group * 2 * PackedHeads.Four));
        heads->Groups[group] = least;
        heads->Groups[group + PackedHeads.Four] = least;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long LeastOfFour(long* numbers) =>
        Math.Min(Math.Min(numbers[0], numbers[1]), Math.Min(numbers[2], numbers[3]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SetFirst(nuint member, long number)
    {
        var firsts = _heads->Firsts + PackedHeads.PlaceOf(member);
        firsts[0] = number;
        firsts[PackedHeads.Four] = number;
    }

    /// <summary>Makes the numbers of so many levels of a venue; returns the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long Number(in PackedBatch<TSide> batch, PackedVenue* venue, Level* levels, int count)
    {
        if (!PackedBatch<TSide>.IsSupported || count < PackedVenue.Four || !batch.TryNumber(levels, venue))
        {
            NumberOneByOne(venue);
        }

        return venue->Numbers[0];
    }

    /// <summary>A venue's numbers are used up: makes the next ones; behind its last level comes the end.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long NumberOthers(PackedVenue* venue)
    {
        var batch = new PackedBatch<TSide>(in _packing, TSide.Key(_from));
        var taken = Math.Min(venue->Count, PackedVenue.Four);
        venue->Levels += taken;
        venue->Count -= taken;
        venue->Position = 1;
        return Number(in batch, venue, venue->Levels, venue->Count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void NumberOneByOne(PackedVenue* venue)
    {
        for (var index = 0; index < PackedVenue.Four; index++)
        {
            venue->Numbers[index] = index < venue->Count ? NumberOf(venue, venue->Levels + index)
                : venue->Others != 0 ? RowPacking.Far : RowPacking.None;
        }
    }

    private long NumberOf(PackedVenue* venue, Level* level)
    {
        if (level->Price > venue->GreatestPrice)
        {
            _hasFailed = true;
            return End(venue);
        }

        var distance = TSide.Key(level->Price * venue->PricePower) - _from;
        _hasFailed |= distance < 0;
        if (distance < 0 || distance > _packing.GreatestDistance)
        {
            return End(venue);
        }

        if (level->Quantity > venue->GreatestQuantity)
        {
            MakeRoomFor(level->Quantity, venue->Weight / RowPacking.QuantityWeight);
            return End(venue);
        }

        return venue->Base + _packing.Weigh(distance) - (level->Quantity * venue->Weight);
    }

    /// <summary>A level has no number: it comes after all rows that have one, and so do those behind it.</summary>
    private static long End(PackedVenue* venue)
    {
        venue->Count = 0;
        venue->Others = 1;
        return RowPacking.Far;
    }

    /// <summary>For a quantity that is too large there may be room the next time.</summary>
    private void MakeRoomFor(long quantity, long power)
    {
        var wider = new RowPacking(RowPacking.BitsFor(Math.Min(quantity, long.MaxValue / power) * power));
        _hasFailed |= wider.GreatestQuantity > _packing.GreatestQuantity;
        _packing = wider;
        for (var member = 0; member < PackedHeads.Venues; member++)
        {
            SetQuantities(member);
        }
    }

    private void SetQuantities(int member)
    {
        var venue = _venues + member;
        venue->Base = _packing.Base(member);
        venue->GreatestQuantity =
            _packing.GreatestQuantity / Math.Max(1, venue->Weight / RowPacking.QuantityWeight);
    }
}
