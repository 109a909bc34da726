using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// The books of one instrument on all venues, merged on demand: best price first; at equal price the larger quantity
/// first, on both sides; then the configured order of venues. Rows of different venues stay separate. What a venue
/// contributed is kept until its side changes. This file holds which books take part and on what scale;
/// <c>ConsolidatedBook.Merge.cs</c> holds the merge. Threads: one, the engine's.
/// </summary>
/// <typeparam name="TBids">Structure that keeps the bids.</typeparam>
/// <typeparam name="TAsks">Structure that keeps the asks.</typeparam>
[HotPath]
public sealed partial class ConsolidatedBook<TBids, TAsks>
    where TBids : struct, IBookSide<BidSide>
    where TAsks : struct, IBookSide<AskSide>
{
    private readonly ConsolidatedMember[] _members;
    private readonly MergeHead[] _heads;
    private readonly long[] _headKeys;
    private readonly BookDefinition[] _definitions;
    private readonly MergedRows _bids;
    private readonly MergedRows _asks;
    private int _unfit = -1;

    /// <summary>Merges the given books, in the configured order of their venues.</summary>
    /// <param name="instrument">Dense index of the instrument.</param>
    /// <param name="books">Index of each book with its definition.</param>
    public ConsolidatedBook(int instrument, IReadOnlyList<(int Book, BookDefinition Definition)> books)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(books.Count, QuoteHeader.MaxMembers, nameof(books));
        Instrument = instrument;
        _members = new ConsolidatedMember[books.Count];
        _heads = new MergeHead[books.Count];
        _headKeys = new long[books.Count];
        _definitions = new BookDefinition[books.Count];
        _bids = new MergedRows(books.Count);
        _asks = new MergedRows(books.Count);
        for (var index = 0; index < books.Count; index++)
        {
            _members[index].Book = books[index].Book;
            _definitions[index] = books[index].Definition;
        }
    }

    /// <summary>Dense index of the instrument.</summary>
    public int Instrument { get; }

    /// <summary>Count of venues.</summary>
    public int MemberCount => _members.Length;

    /// <summary>Decimal digits of merged prices: the finest of the quoted books.</summary>
    public int PriceScale { get; private set; }

    /// <summary>Decimal digits of merged quantities.</summary>
    public int QuantityScale { get; private set; }

    /// <summary>True when at least one book is quoted.</summary>
    public bool HasQuoted
    {
        get
        {
            foreach (ref readonly var member in _members.AsSpan())
            {
                if (member.Quoted)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>True when the last merges left rows out because a level does not fit the common scale.</summary>
    public bool HasUnfit => _unfit >= 0;

    /// <summary>Index of the book of a member.</summary>
    public int BookOf(int member) => _members[member].Book;

    /// <summary>
    /// Call when a book's state or scale changed: decides again which books are quoted and what scale they share.
    /// </summary>
    public void Refresh(ReadOnlySpan<OrderBook<TBids, TAsks>> books, ReadOnlySpan<BookStatus> statuses)
    {
        var priceScale = 0;
        var quantityScale = 0;
        for (var index = 0; index < _members.Length; index++)
        {
            ref var member = ref _members[index];
            member.Quoted = statuses[member.Book].State == BookState.Live;
            if (member.Quoted)
            {
                priceScale = Math.Max(priceScale, books[member.Book].PriceScale);
                quantityScale = Math.Max(quantityScale, books[member.Book].QuantityScale);
            }
        }

        PriceScale = priceScale;
        QuantityScale = quantityScale;
        for (var index = 0; index < _members.Length; index++)
        {
            _members[index].IsPlain = false;
            if (_members[index].Quoted)
            {
                SetScale(index, in books[_members[index].Book]);
                _packedBids.SetScale(index, in _members[index]);
                _packedAsks.SetScale(index, in _members[index]);
            }
        }

        _bids.Forget();
        _asks.Forget();
    }

    /// <summary>
    /// True when a price of a book, at the book's scale, would stand before or at the given merged row.
    /// </summary>
    public bool Reaches<TSide>(int member, long price, long rowPrice)
        where TSide : struct, ISide =>
        !Scale.TryMultiply(price, _members[member].PricePower, out var common) || !TSide.Better(rowPrice, common);

    /// <summary>
    /// A book with a level that does not fit the common scale, found while merging, or -1. It cannot be compared with
    /// the others and has to be taken out.
    /// </summary>
    public int TakeUnfit()
    {
        var unfit = _unfit;
        _unfit = -1;
        return unfit;
    }

    private static bool IsDust(in ConsolidatedMember member, in Level level) =>
        member.DustNotional != UInt128.Zero
        && new UInt128(Math.BigMul((ulong)level.Price, (ulong)level.Quantity, out var low), low) < member.DustNotional;

    private void SetScale(int index, in OrderBook<TBids, TAsks> book)
    {
        ref var member = ref _members[index];
        member.PricePower = Scale.Power(PriceScale - book.PriceScale);
        member.QuantityPower = Scale.Power(QuantityScale - book.QuantityScale);
        var definition = _definitions[index];
        member.DustQuantity = CeilingAt(definition.DustQuantity, definition.DustScale, QuantityScale);
        member.DustNotional = NotionalAt(definition.DustNotional, definition.DustScale, PriceScale + QuantityScale);
        member.HasDust = member.DustQuantity != 0 || member.DustNotional != UInt128.Zero;
        member.IsPlain = member.PricePower == 1 && member.QuantityPower == 1 && !member.HasDust;
    }

    private static long CeilingAt(long value, int from, int to)
    {
        if (from <= to)
        {
            return Scale.TryMultiply(value, Scale.Power(to - from), out var finer) ? finer : long.MaxValue;
        }

        var power = Scale.Power(from - to);
        // Quantities on the coarser scale at or above the limit.
        return (value / power) + (value % power == 0 ? 0 : 1);
    }

    private static UInt128 NotionalAt(long value, int from, int to)
    {
        var notional = (UInt128)(ulong)value;
        for (; from < to; from++)
        {
            if (notional > UInt128.MaxValue / 10)
            {
                return UInt128.MaxValue;   // above any product of two 64-bit numbers: all is dust
            }

            notional *= 10;
        }

        for (; from > to; from--)
        {
            notional = (notional + 9) / 10;
        }

        return notional;
    }
}
