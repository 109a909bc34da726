using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <content>
/// The merge. As a rule one venue changed since the last one: its rows are taken out of those held and its levels put
/// in, in one pass. A side that did not change is copied. Only when several venues changed, or too few rows are left,
/// all venues are merged from their best levels on.
/// </content>
public sealed partial class ConsolidatedBook<TBids, TAsks>
{
    private const int VenuesToSplice = 3;

    /// <summary>Where a book keeps a side, as a type argument.</summary>
    private interface ISideOf<TLevels>
    {
        static abstract ref TLevels Of(ref OrderBook<TBids, TAsks> book);
    }

    /// <summary>Writes the best rows of both sides.</summary>
    /// <param name="books">All books, by index.</param>
    /// <param name="bids">As many rows as are wanted.</param>
    /// <param name="asks">As many rows as are wanted.</param>
    /// <param name="bidCount">How many there are.</param>
    /// <param name="askCount">How many there are, of asks.</param>
    public void Merge(
        Span<OrderBook<TBids, TAsks>> books,
        Span<QuoteRow> bids,
        Span<QuoteRow> asks,
        out int bidCount,
        out int askCount)
    {
        _bids.Reserve(bids.Length);
        _asks.Reserve(asks.Length);
        FindChanged(books, out var changedBids, out var changedAsks);
        var hasBids = TryUpdate<BidSide, TBids, BidsOf>(books, _bids, changedBids, bids.Length);
        var hasAsks = TryUpdate<AskSide, TAsks, AsksOf>(books, _asks, changedAsks, asks.Length);
        if (!hasBids || !hasAsks)
        {
            MergeAnew(books, hasBids ? default : bids, hasAsks ? default : asks);
        }

        bidCount = hasBids ? _bids.CopyTo(bids) : _bids.Count;
        askCount = hasAsks ? _asks.CopyTo(asks) : _asks.Count;
    }

    /// <summary>
    /// A bit for each venue whose side is not the one that the rows held are from; from now on it counts as that.
    /// </summary>
    private void FindChanged(Span<OrderBook<TBids, TAsks>> books, out uint changedBids, out uint changedAsks)
    {
        var bidVersions = _bids.Versions;
        var askVersions = _asks.Versions;
        ReadOnlySpan<ConsolidatedMember> members = _members;
        var bids = 0U;
        var asks = 0U;
        for (var index = 0; index < members.Length && index < bidVersions.Length && index < askVersions.Length; index++)
        {
            ref var book = ref books[members[index].Book];
            var bid = book.Bids.Version;
            var ask = book.Asks.Version;
            bids |= (bidVersions[index] != bid ? 1U : 0U) << index;
            asks |= (askVersions[index] != ask ? 1U : 0U) << index;
            bidVersions[index] = bid;
            askVersions[index] = ask;
        }

        changedBids = bids;
        changedAsks = asks;
    }

    /// <summary>Brings the rows held up to date; false when all venues have to be merged.</summary>
    private bool TryUpdate<TSide, TLevels, TOf>(
        Span<OrderBook<TBids, TAsks>> books, MergedRows held, uint changed, int rows)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        if (BitOperations.PopCount(changed) > VenuesToSplice)
        {
            return false;
        }

        for (; changed != 0; changed &= changed - 1)
        {
            var index = BitOperations.TrailingZeroCount(changed);
            Splice<TSide, TLevels>(index, ref TOf.Of(ref books[_members[index].Book]), held);
        }

        return held.Count >= rows || !held.HasMore;
    }

    /// <summary>Replaces a venue's rows among those held.</summary>
    private void Splice<TSide, TLevels>(int index, ref TLevels side, MergedRows held)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        var rows = held.Rows;
        var next = held.Next;
        var head = new MergeHead { Cursor = side.First };
        Advance<TSide, TLevels>(index, ref side, ref head);
        var count = 0;
        for (var at = 0; at < rows.Length && count < next.Length; at++)
        {
            ref readonly var row = ref rows[at];
            while (head.HasLevel && !IsAfter<TSide>(in head.Level, index, in row) && count < next.Length)
            {
                Take(in head, index, ref next[count++]);
                Advance<TSide, TLevels>(index, ref side, ref head);
            }

            if (row.Member != index && count < next.Length)
            {
                Copy(in row, ref next[count++]);
            }
        }

        while (!held.HasMore && head.HasLevel && count < next.Length)
        {
            Take(in head, index, ref next[count++]);
            Advance<TSide, TLevels>(index, ref side, ref head);
        }

        held.Turn(count, held.HasMore || head.HasLevel || count == next.Length);
    }

    /// <summary>
    /// Takes the best of the venues' next levels, row after row. Scanning wins over a heap at these counts.
    /// </summary>
    private void MergeAll<TSide, TLevels, TOf>(Span<OrderBook<TBids, TAsks>> books, MergedRows held, int wanted)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
        where TOf : struct, ISideOf<TLevels>
    {
        for (var index = 0; index < _members.Length; index++)
        {
            ref var side = ref TOf.Of(ref books[_members[index].Book]);
            _heads[index].Cursor = side.First;
            AdvanceKeyed<TSide, TLevels>(index, ref side);
        }

        var rows = held.Next;
        for (var count = 0; count < wanted; count++)
        {
            var best = FindBest();
            if (best < 0)
            {
                held.Turn(count, false);
                return;
            }

            Take(in _heads[best], best, ref rows[count]);
            AdvanceKeyed<TSide, TLevels>(best, ref TOf.Of(ref books[_members[best].Book]));
        }

        held.Turn(wanted, true);
    }

    /// <summary>The member whose head comes first; -1 when all are used up.</summary>
    private int FindBest()
    {
        ReadOnlySpan<long> keys = _headKeys;
        var best = -1;
        var least = long.MaxValue;
        for (var index = 0; index < keys.Length; index++)
        {
            var key = keys[index];
            if (key < least || (key == least && ComesFirstAtEqualKey(index, best)))
            {
                best = index;
                least = key;
            }
        }

        return best;
    }

    private bool ComesFirstAtEqualKey(int index, int best) =>
        _heads[index].HasLevel && (best < 0 || _heads[index].Level.Quantity > _heads[best].Level.Quantity);

    private void AdvanceKeyed<TSide, TLevels>(int index, ref TLevels side)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        ref var head = ref _heads[index];
        Advance<TSide, TLevels>(index, ref side, ref head);
        _headKeys[index] = head.HasLevel ? TSide.Key(head.Level.Price) : long.MaxValue;
    }

    /// <summary>Moves a head to its next level that is not dust, if there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Advance<TSide, TLevels>(int index, ref TLevels side, ref MergeHead head)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        ref readonly var member = ref _members[index];
        if (!member.IsPlain)
        {
            AdvanceScaled<TSide, TLevels>(in member, ref side, ref head);
        }
        else
        {
            head.HasLevel = side.TryNext(ref head.Cursor, out head.Level);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AdvanceScaled<TSide, TLevels>(in ConsolidatedMember member, ref TLevels side, ref MergeHead head)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        while (member.Quoted && side.TryNext(ref head.Cursor, out var level))
        {
            if (!Scale.TryMultiply(level.Price, member.PricePower, out level.Price)
                || !Scale.TryMultiply(level.Quantity, member.QuantityPower, out level.Quantity))
            {
                _unfit = member.Book;
                break;
            }

            if (level.Quantity >= member.DustQuantity && !IsDust(in member, in level))
            {
                head.Level = level;
                head.HasLevel = true;
                return;
            }
        }

        head.HasLevel = false;
    }

    private static bool IsAfter<TSide>(in Level level, int member, in QuoteRow row)
        where TSide : struct, ISide
    {
        if (level.Price != row.Price)
        {
            return TSide.Better(row.Price, level.Price);
        }

        return level.Quantity != row.Quantity ? level.Quantity < row.Quantity : member > row.Member;
    }

    /// <summary>
    /// Number by number: a copy of the whole would wait until the row's stores have reached the cache.
    /// </summary>
    private static void Copy(in QuoteRow from, ref QuoteRow to)
    {
        to.Price = from.Price;
        to.Quantity = from.Quantity;
        to.Member = from.Member;
    }

    private static void Take(in MergeHead head, int member, ref QuoteRow row)
    {
        row.Price = head.Level.Price;
        row.Quantity = head.Level.Quantity;
        row.Member = member;
    }

    private readonly struct BidsOf : ISideOf<TBids>
    {
        public static ref TBids Of(ref OrderBook<TBids, TAsks> book) => ref book.Bids;
    }

    private readonly struct AsksOf : ISideOf<TAsks>
    {
        public static ref TAsks Of(ref OrderBook<TBids, TAsks> book) => ref book.Asks;
    }
}
