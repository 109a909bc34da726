using System;
using LowLatencyQuoter.Engine.Quote;

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
        var bids = Open<BidSide, TBids, BidsOf>(_packedBids, books, _bids.Next, wantedBids);
        var asks = Open<AskSide, TAsks, AsksOf>(_packedAsks, books, _asks.Next, wantedAsks);
        var bid = 0;
        var ask = 0;
        while (bid < bids.Length && ask < asks.Length && _packedBids.HasMore && _packedAsks.HasMore)
        {
            _packedBids.Take(ref bids[bid++]);
            _packedAsks.Take(ref asks[ask++]);
        }

        while (bid < bids.Length && _packedBids.HasMore)
        {
            _packedBids.Take(ref bids[bid++]);
        }

        while (ask < asks.Length && _packedAsks.HasMore)
        {
            _packedAsks.Take(ref asks[ask++]);
        }

        Close<BidSide, TBids, BidsOf>(_packedBids, books, _bids, bid, wantedBids);
        Close<AskSide, TAsks, AsksOf>(_packedAsks, books, _asks, ask, wantedAsks);
    }

    /// <summary>Prepares a side; returns where its rows go, nothing when they have to be found another way.</summary>
    private Span<QuoteRow> Open<TSide, TLevels, TOf>(
        PackedMerge<TSide> merge, Span<OrderBook<TBids, TAsks>> books, Span<QuoteRow> rows, int wanted)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        if (wanted is 0 or > IBookSide<TSide>.TopCount)
        {
            return default;
        }

        merge.Begin();
        var members = _members;
        for (var index = 0; index < members.Length; index++)
        {
            ref readonly var member = ref members[index];
            if (member.Quoted)
            {
                ref var side = ref TOf.Of(ref books[member.Book]);
                var top = side.Top();
                if (top.Length != 0)
                {
                    merge.Open(index, top, side.Count > top.Length);
                }
            }
        }

        merge.Start();
        return rows[..wanted];
    }

    private void Close<TSide, TLevels, TOf>(
        PackedMerge<TSide> merge, Span<OrderBook<TBids, TAsks>> books, MergedRows held, int count, int wanted)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        if (wanted == 0)
        {
            return;
        }

        if (merge.HasFailed || wanted > IBookSide<TSide>.TopCount)
        {
            MergeAll<TSide, TLevels, TOf>(books, held, wanted);
        }
        else
        {
            held.Turn(count, merge.HasMore);
        }
    }
}
