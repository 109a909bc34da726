using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Exchange.History;

namespace LowLatencyQuoter.Feeds.Tests.Chaos;

/// <summary>
/// Judges every quote: the rows of each venue must begin that venue's own book as it was at one moment, both sides at
/// the same one, and that moment never goes back; a venue whose book is not live must have no row. Threads: the
/// engine's alone, between two events, so that no quote is missed; counts are read by any.
/// </summary>
internal sealed class QuoteJudge
{
    private readonly QuoterPipeline _pipeline;
    private readonly BookHistory[] _histories;
    private readonly QuoteReader[] _readers;
    private readonly long[] _next;
    private readonly long[] _moments;
    private readonly HashSet<int> _explained = [];
    private readonly HistoryLevel[] _bids;
    private readonly HistoryLevel[] _asks;

    public QuoteJudge(QuoterPipeline pipeline, BookHistory[] histories)
    {
        _pipeline = pipeline;
        _histories = histories;
        _readers = [.. pipeline.Quotes.Select(ring => new QuoteReader(ring))];
        _next = new long[_readers.Length];
        _moments = new long[histories.Length];
        _bids = new HistoryLevel[_readers[0].Levels];
        _asks = new HistoryLevel[_readers[0].Levels];
    }

    /// <summary>Quotes judged.</summary>
    public long Quotes { get; private set; }

    /// <summary>Rows judged.</summary>
    public long Rows { get; private set; }

    /// <summary>Quotes that were overwritten before they were judged.</summary>
    public long Missed { get; private set; }

    /// <summary>Quotes with a row that was not in its venue's book.</summary>
    public long Wrong { get; private set; }

    /// <summary>The first wrong quotes, explained.</summary>
    public List<string> Findings { get; } = [];

    /// <summary>Judges what was published since the last call.</summary>
    public void Look()
    {
        for (var instrument = 0; instrument < _readers.Length; instrument++)
        {
            var reader = _readers[instrument];
            for (var cursor = _pipeline.Quotes[instrument].Cursor; _next[instrument] <= cursor; _next[instrument]++)
            {
                if (reader.TryRead(_next[instrument]))
                {
                    Judge(reader);
                }
                else
                {
                    Missed++;
                }
            }
        }
    }

    /// <summary>
    /// Whether a book as it stands, down to a depth, is the venue's own as it was at a moment or later.
    /// </summary>
    public bool IsEqualSince(int book, long moment, int depth)
    {
        var copy = _pipeline.CopyOf(book);
        var history = _histories[book];
        return TryConvert(history, copy, depth, copy.Bids, out var bids)
            && TryConvert(history, copy, depth, copy.Asks, out var asks)
            && bids.Length != 0 && asks.Length != 0 && history.Find(moment, bids, asks) >= 0;
    }

    private static bool TryConvert(
        BookHistory history, BookCopy copy, int depth, IReadOnlyList<Level> side, out HistoryLevel[] levels)
    {
        levels = new HistoryLevel[Math.Min(depth, side.Count)];
        for (var rank = 0; rank < levels.Length; rank++)
        {
            if (!TryScale(side[rank].Price, copy.PriceScale, history.PriceDecimals, out var ticks)
                || !TryScale(side[rank].Quantity, copy.QuantityScale, history.QuantityDecimals, out var lots))
            {
                return false;
            }

            levels[rank] = new HistoryLevel(ticks, lots);
        }

        return true;
    }

    private void Judge(QuoteReader reader)
    {
        Quotes++;
        Rows += reader.Header.BidCount + reader.Header.AskCount;
        var isWrong = false;
        for (var member = 0; member < reader.Header.MemberCount; member++)
        {
            isWrong |= !IsRight(reader, member);
        }

        Wrong += isWrong ? 1 : 0;
    }

    private bool IsRight(QuoteReader reader, int member)
    {
        ref var stated = ref reader.Header.Member(member);
        var history = _histories[stated.Book];
        var price = reader.Header.PriceScale;
        var quantity = reader.Header.QuantityScale;
        var isExact = TryTake(reader.Bids, member, history, price, quantity, _bids, out var bids)
            & TryTake(reader.Asks, member, history, price, quantity, _asks, out var asks);
        if (bids + asks == 0)
        {
            return true;
        }

        var found = isExact && stated.State == BookState.Live
            ? history.Find(_moments[stated.Book], _bids.AsSpan(0, bids), _asks.AsSpan(0, asks))
            : -1;
        if (found >= 0)
        {
            _moments[stated.Book] = found;
            return true;
        }

        Explain(reader, stated, bids, asks);
        _moments[stated.Book] = Math.Max(0, history.Newest - 1);
        return false;
    }

    private void Explain(QuoteReader reader, in QuoteMember stated, int bids, int asks)
    {
        var history = _histories[stated.Book];
        if (!_explained.Add(stated.Book))
        {
            return;     // the first of each book tells most
        }

        var status = _pipeline.Table.Statuses[stated.Book];
        var everBids = history.Find(0, _bids.AsSpan(0, bids), []);
        var everAsks = history.Find(0, [], _asks.AsSpan(0, asks));
        Findings.Add(
            $"{history.Venue} {history.Symbol} quote {reader.Header.Sequence} state {stated.State}, update id "
            + $"{status.LastUpdateId}, snapshots {status.Snapshots}, gaps {status.Gaps}, faults {status.Faults}, last "
            + $"{(Engine.Events.FaultCode)status.LastFault}\n"
            + $"  bids {string.Join(' ', _bids[..bids])} are of state {everBids}\n"
            + $"  asks {string.Join(' ', _asks[..asks])} are of state {everAsks}; last moment "
            + $"{_moments[stated.Book]} of {history.Newest}\n  {history.Describe(history.Newest)}");
    }

    private static bool TryTake(
        ReadOnlySpan<QuoteRow> rows,
        int member,
        BookHistory history,
        int priceScale,
        int quantityScale,
        HistoryLevel[] levels,
        out int count)
    {
        count = 0;
        var isExact = true;
        foreach (ref readonly var row in rows)
        {
            if (row.Member != member)
            {
                continue;
            }

            isExact &= TryScale(row.Price, priceScale, history.PriceDecimals, out var ticks)
                & TryScale(row.Quantity, quantityScale, history.QuantityDecimals, out var lots);
            levels[count++] = new HistoryLevel(ticks, lots);
        }

        return isExact;
    }

    private static bool TryScale(long value, int from, int to, out long scaled)
    {
        scaled = value;
        for (; from < to; from++)
        {
            scaled *= 10;
        }

        for (; from > to; from--)
        {
            if (scaled % 10 != 0)
            {
                return false;
            }

            scaled /= 10;
        }

        return true;
    }
}
