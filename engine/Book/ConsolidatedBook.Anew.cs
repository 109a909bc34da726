using System;
using System.Runtime.CompilerServices;

namespace LowLatencyQuoter.Engine.Book;

/// <content>
/// The merge of all venues from their best levels, both sides by turns: neither waits for the other, and the processor
/// works on both at once. Where rows cannot be packed, <c>ConsolidatedBook.Merge.cs</c> has another way.
/// </content>
public sealed partial class ConsolidatedBook<TBids, TAsks>
{
    private readonly PackedMerge<BidSide> _packedBids = new();
    private readonly PackedMerge<AskSide> _packedAsks = new();

    /// <summary>Merges so many rows of each side; 0 leaves the side as it is.</summary>
    private void MergeAnew(Span<OrderBook<TBids, TAsks>> books, int wantedBids, int wantedAsks)
    {
        var nextBid = Open<BidSide, TBids, BidsOf>(_packedBids, books, wantedBids);
        var nextAsk = Open<AskSide, TAsks, AsksOf>(_packedAsks, books, wantedAsks);
        var both = Math.Min(wantedBids, wantedAsks);
        nuint bid = 0;
        for (; bid < (nuint)both && nextBid < RowPacking.Far && nextAsk < RowPacking.Far; bid++)
        {
            nextBid = _packedBids.Take(nextBid, bid);
            nextAsk = _packedAsks.Take(nextAsk, bid);
        }

        var ask = bid;
        for (; bid < (nuint)wantedBids && nextBid < RowPacking.Far; bid++)
        {
            nextBid = _packedBids.Take(nextBid, bid);
        }

        for (; ask < (nuint)wantedAsks && nextAsk < RowPacking.Far; ask++)
        {
            nextAsk = _packedAsks.Take(nextAsk, ask);
        }

        Close<BidSide, TBids, BidsOf>(_packedBids, books, _bids, (int)bid, wantedBids, nextBid);
        Close<AskSide, TAsks, AsksOf>(_packedAsks, books, _asks, (int)ask, wantedAsks, nextAsk);
    }

    /// <summary>Prepares a side; returns the number of its first row.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Open<TSide, TLevels, TOf>(
        PackedMerge<TSide> merge, Span<OrderBook<TBids, TAsks>> books, int wanted)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        if (wanted is 0 or > IBookSide<TSide>.TopCount)
        {
            return RowPacking.Far;
        }

        var batch = merge.Begin();
        ReadOnlySpan<ConsolidatedMember> members = _members;
        for (var index = 0; index < members.Length; index++)
        {
            ref readonly var member = ref members[index];
            ref var side = ref TOf.Of(ref books[member.Book]);
            if (member.Quoted)
            {
                var top = side.Top();
                merge.Open(in batch, (nuint)index, top, side.Count - top.Length);
            }
            else
            {
                merge.Skip((nuint)index);
            }
        }

        return merge.Start();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Close<TSide, TLevels, TOf>(
        PackedMerge<TSide> merge,
        Span<OrderBook<TBids, TAsks>> books,
        MergedRows held,
        int count,
        int wanted,
        long next)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        if (wanted == 0)
        {
            return;
        }

        var isComplete = count == wanted || next == RowPacking.None;
        if (isComplete && !merge.HasFailed)
        {
            merge.CopyTo(held.Next[..count]);
            held.Turn(count, next != RowPacking.None);
        }
        else
        {
            MergeAll<TSide, TLevels, TOf>(books, held, wanted);
        }

        if (held.Count != 0)
        {
            merge.SetBest(held.Rows[0].Price);
        }
    }
}
