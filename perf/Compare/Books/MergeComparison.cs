using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>Ten rows of both sides from the books of ten venues, over several instruments by turns.</summary>
internal sealed class MergeComparison : LoopComparison
{
    private const int VenueCount = 10;
    private const int InstrumentCount = 4;
    private const int BookLevels = 50;
    private const int Rows = 10;
    private const long Mid = 6_183_763;
    private readonly OrderBook[] _books = new OrderBook[InstrumentCount * VenueCount];
    private readonly ConsolidatedBook[] _merges = new ConsolidatedBook[InstrumentCount];
    private readonly QueueMerge[] _queues = new QueueMerge[InstrumentCount];
    private readonly QuoteRow[] _ourBids = new QuoteRow[Rows];
    private readonly QuoteRow[] _ourAsks = new QuoteRow[Rows];
    private readonly QuoteRow[] _baselineBids = new QuoteRow[Rows];
    private readonly QuoteRow[] _baselineAsks = new QuoteRow[Rows];
    private int _ourNext;
    private int _baselineNext;

    /// <summary>Fills the books; best prices of the venues are a few ticks apart, so that ties occur.</summary>
    public MergeComparison()
    {
        var statuses = new BookStatus[_books.Length];
        for (var book = 0; book < statuses.Length; book++)
        {
            statuses[book] = new BookStatus();
            statuses[book].SetState(BookState.Live, 0);
        }

        for (var instrument = 0; instrument < InstrumentCount; instrument++)
        {
            var members = new List<(int, BookDefinition)>();
            _queues[instrument] = new QueueMerge(VenueCount);
            for (var venue = 0; venue < VenueCount; venue++)
            {
                var book = (instrument * VenueCount) + venue;
                Fill(book, _queues[instrument], venue);
                members.Add((book, new BookDefinition { Venue = $"v{venue}", Symbol = "BTCUSDT", Instrument = instrument }));
            }

            _merges[instrument] = new ConsolidatedBook(instrument, members);
            _merges[instrument].Refresh(_books, statuses);
        }
    }

    /// <inheritdoc/>
    public override void Check()
    {
        for (var instrument = 0; instrument < InstrumentCount; instrument++)
        {
            Ours(1);
            Baseline(1);
            if (!IsSame(_ourBids, _baselineBids) || !IsSame(_ourAsks, _baselineAsks))
            {
                throw new ComparisonException($"the two merges of instrument {instrument} differ");
            }
        }
    }

    /// <inheritdoc/>
    public override void Ours(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            var merge = _merges[_ourNext];
            merge.Merge<BidSide>(_books, _ourBids);
            merge.Merge<AskSide>(_books, _ourAsks);
            _ourNext = (_ourNext + 1) % InstrumentCount;
        }
    }

    /// <inheritdoc/>
    public override void Baseline(int operations)
    {
        for (var operation = 0; operation < operations; operation++)
        {
            var queue = _queues[_baselineNext];
            queue.Merge(queue.Bids, -1, _baselineBids);
            queue.Merge(queue.Asks, 1, _baselineAsks);
            _baselineNext = (_baselineNext + 1) % InstrumentCount;
        }
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        foreach (ref var book in _books.AsSpan())
        {
            book.Free();
        }
    }

    private static bool IsSame(QuoteRow[] ours, QuoteRow[] baseline)
    {
        for (var row = 0; row < ours.Length; row++)
        {
            if (ours[row].Price != baseline[row].Price || ours[row].Quantity != baseline[row].Quantity
                || ours[row].Member != baseline[row].Member)
            {
                return false;
            }
        }

        return true;
    }

    private void Fill(int book, QueueMerge queue, int venue)
    {
        var bids = new ChangeStream(Side.Bid, BookLevels, Mid + (book % 3), 0, book).Initial;
        var asks = new ChangeStream(Side.Ask, BookLevels, Mid + 4 - (book % 4), 0, book + _books.Length).Initial;
        queue.Bids[venue] = bids;
        queue.Asks[venue] = asks;
        foreach (var level in bids)
        {
            _books[book].Bids.Set(level.Price, level.Quantity);
        }

        foreach (var level in asks)
        {
            _books[book].Asks.Set(level.Price, level.Quantity);
        }
    }
}
