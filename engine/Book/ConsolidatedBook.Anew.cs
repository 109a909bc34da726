using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <content>
/// The merge of all venues from their best levels, both sides by turns: neither waits for the other, and the processor
/// works on both at once. Where rows cannot be packed, <c>ConsolidatedBook.Merge.cs</c> has another way.
/// </content>
public sealed partial class ConsolidatedBook<TBids, TAsks>
{
    private const int RowsAtOnce = 5;
    private readonly PackedMerge<BidSide> _packedBids = new();
    private readonly PackedMerge<AskSide> _packedAsks = new();

    /// <summary>Merges as many rows of each side as are given; none leaves the side as it is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MergeAnew(Span<OrderBook<TBids, TAsks>> books, Span<QuoteRow> bids, Span<QuoteRow> asks)
    {
        Open<BidSide, TBids, BidsOf>(_packedBids, books, bids.Length);
        Open<AskSide, TAsks, AsksOf>(_packedAsks, books, asks.Length);
        var lowBids = _packedBids.Low;   // never by address: they stay in registers
        var highBids = _packedBids.High;
        var lowAsks = _packedAsks.Low;
        var highAsks = _packedAsks.High;
        var bid = lowBids.ToScalar();
        var ask = lowAsks.ToScalar();
        var both = (nuint)Math.Min(bids.Length, asks.Length);
        nuint row = 0;
        while (true)
        {
            // Five rows without a look at their count: a loop of ten rows has so many jumps behind it that the
            // processor often does not foresee its end, and then all that follows waits until the last row is known.
            while (row + RowsAtOnce <= both)
            {
                if (!RowPacking.IsRow(bid | ask))
                {
                    break;
                }

                bid = _packedBids.Take(ref lowBids, ref highBids, bid, row);
                ask = _packedAsks.Take(ref lowAsks, ref highAsks, ask, row++);

                if (!RowPacking.IsRow(bid | ask))
                {
                    break;
                }

                bid = _packedBids.Take(ref lowBids, ref highBids, bid, row);
                ask = _packedAsks.Take(ref lowAsks, ref highAsks, ask, row++);

                if (!RowPacking.IsRow(bid | ask))
                {
                    break;
                }

                bid = _packedBids.Take(ref lowBids, ref highBids, bid, row);
                ask = _packedAsks.Take(ref lowAsks, ref highAsks, ask, row++);

                if (!RowPacking.IsRow(bid | ask))
                {
                    break;
                }

                bid = _packedBids.Take(ref lowBids, ref highBids, bid, row);
                ask = _packedAsks.Take(ref lowAsks, ref highAsks, ask, row++);

                if (!RowPacking.IsRow(bid | ask))
                {
                    break;
                }

                bid = _packedBids.Take(ref lowBids, ref highBids, bid, row);
                ask = _packedAsks.Take(ref lowAsks, ref highAsks, ask, row++);
            }

            for (; row < both && RowPacking.IsRow(bid | ask); row++)
            {
                bid = _packedBids.Take(ref lowBids, ref highBids, bid, row);
                ask = _packedAsks.Take(ref lowAsks, ref highAsks, ask, row);
            }

            if (row == both || bid >= RowPacking.Far || ask >= RowPacking.Far)
            {
                break;
            }

            if (!RowPacking.IsRow(bid))
            {
                bid = _packedBids.Refill(ref lowBids, ref highBids, bid);
            }

            if (!RowPacking.IsRow(ask))
            {
                ask = _packedAsks.Refill(ref lowAsks, ref highAsks, ask);
            }
        }

        var nextBid = bid;
        var nextAsk = ask;
        var bidCount = (int)row;
        var askCount = (int)row;
        if (bidCount != bids.Length)
        {
            bidCount = TakeRest(_packedBids, lowBids, highBids, row, bids.Length, ref nextBid);
        }

        if (askCount != asks.Length)
        {
            askCount = TakeRest(_packedAsks, lowAsks, highAsks, row, asks.Length, ref nextAsk);
        }

        Close<BidSide, TBids, BidsOf>(_packedBids, books, _bids, bids, bidCount, nextBid);
        Close<AskSide, TAsks, AsksOf>(_packedAsks, books, _asks, asks, askCount, nextAsk);
    }

    /// <summary>Takes what is left of a side; returns the count of all its rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int TakeRest<TSide>(
        PackedMerge<TSide> merge, Vector512<long> low, Vector512<long> high, nuint row, int wanted, ref long number)
        where TSide : struct, ISide
    {
        while (row < (nuint)wanted && number < RowPacking.Far)
        {
            if (RowPacking.IsRow(number))
            {
                number = merge.Take(ref low, ref high, number, row);
                row++;
            }
            else
            {
                number = merge.Refill(ref low, ref high, number);
            }
        }

        return (int)row;
    }

    /// <summary>Puts every venue on its best level.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private unsafe void Open<TSide, TLevels, TOf>(
        PackedMerge<TSide> merge,
        Span<OrderBook<TBids, TAsks>> books,
        int wanted)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        if (wanted is 0 or > IBookSide<TSide>.TopCount)
        {
            merge.StartWithout(wanted == 0 ? RowPacking.None : RowPacking.Far);
            return;
        }

        if (!HaveTops<TSide, TLevels, TOf>(books))
        {
            ReadTops<TSide, TLevels, TOf>(books);
        }

        var venues = merge.Begin();
        ReadOnlySpan<ConsolidatedMember> members = _members;
        for (var index = 0; index < members.Length; index++)
        {
            ref readonly var member = ref members[index];
            venues[index].Open(member.Quoted ? TOf.Of(ref books[member.Book]).LastTop : default);
        }

        merge.Start(members.Length);
    }

    private bool HaveTops<TSide, TLevels, TOf>(Span<OrderBook<TBids, TAsks>> books)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        var have = true;
        foreach (ref readonly var member in _members.AsSpan())
        {
            have &= TOf.Of(ref books[member.Book]).HasTop;
        }

        return have;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReadTops<TSide, TLevels, TOf>(Span<OrderBook<TBids, TAsks>> books)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        foreach (ref readonly var member in _members.AsSpan())
        {
            TOf.Of(ref books[member.Book]).Top();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Close<TSide, TLevels, TOf>(
        PackedMerge<TSide> merge,
        Span<OrderBook<TBids, TAsks>> books,
        MergedRows held,
        Span<QuoteRow> rows,
        int count,
        long next)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        if (rows.Length == 0)
        {
            return;
        }

        var isComplete = count == rows.Length || next == RowPacking.None;
        if (isComplete && !merge.HasFailed)
        {
            merge.CopyTo(held.Next[..count], rows);
            held.Turn(count, next != RowPacking.None);   // one that is used up may have others: none is missed
        }
        else
        {
            MergeAll<TSide, TLevels, TOf>(books, held, rows.Length);
            held.CopyTo(rows);
        }

        if (held.Count != 0)
        {
            merge.SetBest(held.Rows[0].Price);
        }
    }
}
