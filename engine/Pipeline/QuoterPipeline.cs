using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// The path from the lanes to the quotes, wired in one place. The lanes are served by turns; a message that spans
/// several events is taken as a whole. Threads: one drives <see cref="DoWork"/>; producers own their lanes; any thread
/// reads quotes and statuses.
/// </summary>
/// <typeparam name="TClock">The engine's time.</typeparam>
public sealed class QuoterPipeline<TClock> : IAgent, IDisposable
    where TClock : IClock
{
    private const int LaneBatch = 64;
    private readonly BookHandler<TClock> _handler;
    private readonly DepthLane[] _lanes;
    private readonly QuoteRing[] _quotes;
    private readonly TClock _clock;

    /// <summary>Wires the pipeline.</summary>
    /// <param name="table">The books.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="clock">Time.</param>
    public QuoterPipeline(BookTable table, PipelineOptions options, TClock clock)
    {
        Table = table;
        _clock = clock;
        PublisherSignal = options.OneThread ? EngineSignal : new WaitSignal();

        // 1. a lane for each reader, all waking the same consumer
        _lanes = new DepthLane[options.Lanes];
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane] = new DepthLane(options.LaneCapacity, options.EngineSleeps ? EngineSignal : null);
        }

        // 2. for each instrument the merge of its books, and the ring its quotes leave through
        _quotes = new QuoteRing[table.Instruments.Count];
        var stages = new QuoteStage<TClock>[_quotes.Length];
        for (var instrument = 0; instrument < _quotes.Length; instrument++)
        {
            _quotes[instrument] = new QuoteRing(
                options.Levels,
                options.QuoteCapacity,
                options.PublisherSleeps && !options.OneThread ? PublisherSignal : null);
            var consolidated = new ConsolidatedBook(instrument, table.BooksOf(instrument));
            stages[instrument] = new QuoteStage<TClock>(
                consolidated, table.Books, table.Statuses, _quotes[instrument], clock);
        }

        // 3. the one writer of books, with the quote stages behind it on the same thread
        _handler = new BookHandler<TClock>(table, stages, Notices);
    }

    /// <summary>The books.</summary>
    public BookTable Table { get; }

    /// <summary>The lanes, one a reader.</summary>
    public IReadOnlyList<DepthLane> Lanes => _lanes;

    /// <summary>The quotes of each instrument.</summary>
    public IReadOnlyList<QuoteRing> Quotes => _quotes;

    /// <summary>State changes for the log.</summary>
    public NoticeBoard Notices { get; } = new();

    /// <summary>Wakes the thread that drives the pipeline.</summary>
    public WaitSignal EngineSignal { get; } = new();

    /// <summary>Wakes the thread that publishes quotes; the same one when one thread does both.</summary>
    public WaitSignal PublisherSignal { get; }

    /// <summary>Events handled so far, over all lanes; read by any thread.</summary>
    public long EventCount
    {
        get
        {
            var count = 0L;
            foreach (var lane in _lanes)
            {
                count += lane.Consumed.Get() + 1;
            }

            return count;
        }
    }

    /// <inheritdoc/>
    [HotPath]
    public int DoWork()
    {
        var work = 0;
        foreach (var lane in _lanes)
        {
            work += Drain(lane);
        }

        if (work == 0)
        {
            _handler.OnIdle(_clock);
        }

        return work;
    }

    /// <summary>Frees lanes, rings and books. No thread may use the pipeline any more.</summary>
    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }

        foreach (var quotes in _quotes)
        {
            quotes.Dispose();
        }

        foreach (ref var book in Table.Books.AsSpan())
        {
            book.Free();
        }

        _handler.Dispose();
        Notices.Dispose();
        EngineSignal.Dispose();
        PublisherSignal.Dispose();
    }

    [HotPath]
    private int Drain(DepthLane lane)
    {
        var first = lane.Consumed.Get() + 1;
        var next = first;
        var whole = true;
        while ((next - first < LaneBatch || !whole) && lane.Ring.IsPublished(next))
        {
            ref var item = ref lane.Ring[next++];
            whole = (item.Flags & EventFlags.Last) != 0;
            _handler.OnEvent(ref item);
        }

        if (next != first)
        {
            lane.Consumed.Set(next - 1);
        }

        return (int)(next - first);
    }
}
