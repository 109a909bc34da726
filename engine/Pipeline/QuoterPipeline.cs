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
/// The path from the lanes to the quotes as others see it, whatever keeps the books: where readers write and what is
/// read by publishers. What runs between is <see cref="BookPipeline{TClock,TBids,TAsks}"/>. Threads: one drives
/// <see cref="DoWork"/>; producers own their lanes; any thread reads quotes and statuses.
/// </summary>
public abstract class QuoterPipeline : IAgent, IDisposable
{
    private readonly DepthLane[] _lanes;
    private readonly QuoteRing[] _quotes;

    /// <summary>Takes the memory of lanes and quotes.</summary>
    private protected QuoterPipeline(BookTable table, PipelineOptions options)
    {
        Table = table;
        PublisherSignal = options.OneThread ? EngineSignal : new WaitSignal();

        // a lane for each reader, all waking the same consumer
        _lanes = new DepthLane[options.Lanes];
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane] = new DepthLane(options.LaneCapacity, options.EngineSleeps ? EngineSignal : null);
        }

        // for each instrument the ring its quotes leave through
        _quotes = new QuoteRing[table.Instruments.Count];
        for (var instrument = 0; instrument < _quotes.Length; instrument++)
        {
            _quotes[instrument] = new QuoteRing(
                options.Levels,
                options.QuoteCapacity,
                options.PublisherSleeps && !options.OneThread ? PublisherSignal : null);
        }
    }

    /// <summary>Which books there are.</summary>
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

    /// <summary>
    /// A pipeline whose books have a structure that is chosen while the program runs. Costs nothing: the structure is
    /// part of the type that is made here, and <see cref="DoWork"/> is virtual anyway to the thread that drives it.
    /// </summary>
    /// <param name="structure">What keeps the levels.</param>
    /// <param name="table">The books.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="clock">Time.</param>
    public static QuoterPipeline Make<TClock>(
        BookStructure structure, BookTable table, PipelineOptions options, TClock clock)
        where TClock : IClock => structure switch
        {
            BookStructure.Ladder => new QuoterPipeline<TClock>(table, options, clock),
            BookStructure.Reference =>
                new BookPipeline<TClock, ReferenceSide<BidSide>, ReferenceSide<AskSide>>(table, options, clock),
            _ => throw new ArgumentOutOfRangeException(nameof(structure), structure, "no such structure of books"),
        };

    /// <inheritdoc/>
    public abstract int DoWork();

    /// <summary>
    /// A book as it stands. The thread that drives <see cref="DoWork"/> must be the caller, or be stopped.
    /// </summary>
    public abstract BookCopy CopyOf(int book);

    /// <summary>All books as they stand, in the table's order; under the same condition.</summary>
    public BookCopy[] CopyBooks()
    {
        var books = new BookCopy[Table.Definitions.Length];
        for (var book = 0; book < books.Length; book++)
        {
            books[book] = CopyOf(book);
        }

        return books;
    }

    /// <summary>Frees lanes, rings and books. No thread may use the pipeline any more.</summary>
    public void Dispose()
    {
        FreeBooks();
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }

        foreach (var quotes in _quotes)
        {
            quotes.Dispose();
        }

        Notices.Dispose();
        EngineSignal.Dispose();
        PublisherSignal.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the books and what is buffered for them.</summary>
    private protected abstract void FreeBooks();
}
