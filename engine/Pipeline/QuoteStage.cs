using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// Builds one instrument's quote behind the book handler, on the same thread: merges straight into the next slot of the
/// quote ring and publishes it only when a row, a scale or a venue's state differs from the quote before.
/// </summary>
/// <typeparam name="TClock">Stamps the quote.</typeparam>
/// <typeparam name="TBids">Structure that keeps the bids.</typeparam>
/// <typeparam name="TAsks">Structure that keeps the asks.</typeparam>
[HotPath]
public sealed class QuoteStage<TClock, TBids, TAsks>
    where TClock : IClock
    where TBids : struct, IBookSide<BidSide>
    where TAsks : struct, IBookSide<AskSide>
{
    private ConsolidatedBook<TBids, TAsks> _consolidated;
    private readonly OrderBook<TBids, TAsks>[] _books;
    private readonly BookStatus[] _statuses;
    private readonly QuoteRow[] _lastBids;
    private readonly QuoteRow[] _lastAsks;
    private readonly TClock _clock;
    private int _lastBidCount;
    private int _lastAskCount;
    private int _lastPriceScale;
    private int _lastQuantityScale;

    /// <summary>Quotes <paramref name="consolidated"/> into <paramref name="quotes"/>.</summary>
    public QuoteStage(
        ConsolidatedBook<TBids, TAsks> consolidated,
        OrderBook<TBids, TAsks>[] books,
        BookStatus[] statuses,
        QuoteRing quotes,
        TClock clock)
    {
        _consolidated = consolidated;
        _books = books;
        _statuses = statuses;
        _clock = clock;
        Quotes = quotes;
        _lastBids = new QuoteRow[quotes.Levels];
        _lastAsks = new QuoteRow[quotes.Levels];
    }

    /// <summary>Where the quotes go.</summary>
    public QuoteRing Quotes { get; }

    /// <summary>The book whose levels do not fit the common scale, found by the last call, or -1.</summary>
    public int TakeUnfit() => _consolidated.TakeUnfit();

    /// <summary>A live book's levels changed; quotes if that can be seen.</summary>
    public void OnLevels(int member, in TouchedPrices touched, in QuoteCause cause)
    {
        if (Reaches<BidSide>(member, touched.Bid, _lastBids, _lastBidCount)
            || Reaches<AskSide>(member, touched.Ask, _lastAsks, _lastAskCount))
        {
            Build(in cause, false);
        }
    }

    /// <summary>A book's state changed; always quotes, once there was something to quote.</summary>
    public void OnState(in QuoteCause cause) => OnBook(in cause, true);

    /// <summary>A live book was replaced or widened; quotes if that can be seen.</summary>
    public void OnBook(in QuoteCause cause) => OnBook(in cause, false);

    /// <summary>
    /// Other books make up the instrument from now on; always quotes, once there was something to quote.
    /// </summary>
    internal void Regroup(ConsolidatedBook<TBids, TAsks> consolidated, in QuoteCause cause)
    {
        _consolidated = consolidated;
        OnBook(in cause, true);
    }

    private void OnBook(in QuoteCause cause, bool always)
    {
        _consolidated.Refresh(_books, _statuses);
        if (Quotes.Cursor >= 0 || _consolidated.HasQuoted)
        {
            Build(in cause, always);
        }
    }

    private bool Reaches<TSide>(int member, long price, QuoteRow[] rows, int count)
        where TSide : struct, ISide
    {
        if (price == TSide.Nothing)
        {
            return false;
        }

        return count < rows.Length || _consolidated.Reaches<TSide>(member, price, rows[count - 1].Price);
    }

    private void Build(in QuoteCause cause, bool always)
    {
        ref var header = ref Quotes.BeginWrite(out var bids, out var asks);
        _consolidated.Merge(_books, bids, asks, out header.BidCount, out header.AskCount);
        if (_consolidated.HasUnfit)
        {
            return;   // rows are missing; the handler takes the unfit book out, and that is quoted
        }

        bids = bids[..header.BidCount];
        asks = asks[..header.AskCount];
        if (!always && IsAsBefore(bids, asks))
        {
            return;   // the slot stays open; the next quote is written over it
        }

        Remember(bids, asks);
        FillHeader(ref header, in cause);
        Quotes.EndWrite();
    }

    private void FillHeader(ref QuoteHeader header, in QuoteCause cause)
    {
        header.Instrument = _consolidated.Instrument;
        header.PriceScale = (byte)_consolidated.PriceScale;
        header.QuantityScale = (byte)_consolidated.QuantityScale;
        header.CauseBook = cause.Book;
        header.VenueUnixNanos = cause.VenueUnixNanos;
        header.ReceivedNanos = cause.ReceivedNanos;
        header.MemberCount = _consolidated.MemberCount;
        for (var index = 0; index < header.MemberCount; index++)
        {
            var book = _consolidated.BookOf(index);
            ref var member = ref header.Member(index);
            member.Book = book;
            member.State = (BookState)_statuses[book].StateValue;
            member.ReceivedNanos = _statuses[book].LastReceivedNanos;
        }

        header.PublishedNanos = _clock.NowNanos();
    }

    private void Remember(ReadOnlySpan<QuoteRow> bids, ReadOnlySpan<QuoteRow> asks)
    {
        bids.CopyTo(_lastBids);
        asks.CopyTo(_lastAsks);
        _lastBidCount = bids.Length;
        _lastAskCount = asks.Length;
        _lastPriceScale = _consolidated.PriceScale;
        _lastQuantityScale = _consolidated.QuantityScale;
    }

    private bool IsAsBefore(ReadOnlySpan<QuoteRow> bids, ReadOnlySpan<QuoteRow> asks) =>
        _consolidated.PriceScale == _lastPriceScale
        && _consolidated.QuantityScale == _lastQuantityScale
        && Same(bids, _lastBids.AsSpan(0, _lastBidCount))
        && Same(asks, _lastAsks.AsSpan(0, _lastAskCount));

    private static bool Same(ReadOnlySpan<QuoteRow> rows, ReadOnlySpan<QuoteRow> last)
    {
        if (rows.Length != last.Length)
        {
            return false;
        }

        for (var index = 0; index < rows.Length; index++)
        {
            ref readonly var row = ref rows[index];
            ref readonly var other = ref last[index];
            if (row.Price != other.Price || row.Quantity != other.Quantity || row.Member != other.Member)
            {
                return false;
            }
        }

        return true;
    }
}
