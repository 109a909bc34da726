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
    private readonly PipelineOptions _options;
    private DepthLane[] _lanes;
    private readonly QuoteRing[] _quotes;
    private readonly Sequence[] _followed;       // how far each follower has come, in runs
    private readonly Sequence[][] _places;       // and in each lane
    private readonly WaitSignal[] _followerSignals;

    /// <summary>Takes the memory of lanes and quotes.</summary>
    private protected QuoterPipeline(BookTable table, PipelineOptions options)
    {
        Table = table;
        _options = options;
        PublisherSignal = options.OneThread ? EngineSignal : new WaitSignal();

        // a lane for each reader, all waking the same consumer
        _lanes = new DepthLane[options.Lanes];
        _followed = new Sequence[options.Followers];
        _places = new Sequence[options.Followers][];
        _followerSignals = new WaitSignal[options.Followers];
        for (var follower = 0; follower < _followed.Length; follower++)
        {
            _followed[follower] = new Sequence();
            _followerSignals[follower] = new WaitSignal();
            _places[follower] = new Sequence[_lanes.Length];
        }

        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            _lanes[lane] = new DepthLane(
                options.LaneCapacity, options.EngineSleeps ? EngineSignal : null, MakePlaces(lane));
        }

        Order = options.Followers == 0 ? null : new ConsumptionOrder(
            (long)options.Lanes * options.LaneCapacity, table.Definitions.Length, _followed, _followerSignals);

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

    /// <summary>Where the book handler tells what it took; null when nobody follows.</summary>
    private protected ConsumptionOrder? Order { get; }

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

    /// <summary>
    /// Attaches a consumer beside the book handler, see <see cref="PipelineOptions.Followers"/>. Before anything runs.
    /// </summary>
    /// <param name="follower">Which one, from 0.</param>
    /// <param name="sink">What it does with the events.</param>
    /// <param name="after">Followers that have to be done with an event before; none: only the book handler.</param>
    public LaneFollower Follow(int follower, ILaneSink sink, params ReadOnlySpan<LaneFollower> after) => new(
        _lanes,
        Order?.Runs ?? throw new InvalidOperationException("the options name no followers"),
        _followed[follower],
        _places[follower],
        _followerSignals[follower],
        sink,
        after);

    /// <summary>
    /// One more lane, served from now on. What is behind it has to be free of followers: they know the lanes that were
    /// there when they were attached. Threads: any, one at a time, while the pipeline runs.
    /// </summary>
    /// <exception cref="InvalidOperationException">There are followers.</exception>
    public DepthLane AddLane()
    {
        if (Order is not null)
        {
            throw new InvalidOperationException("a pipeline with followers keeps the lanes it has");
        }

        var lane = new DepthLane(_options.LaneCapacity, _options.EngineSleeps ? EngineSignal : null);
        _lanes = [.. _lanes, lane];
        Serve(_lanes);
        return lane;
    }

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
        Order?.Dispose();
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

    private Sequence[] MakePlaces(int lane)
    {
        var places = new Sequence[_places.Length];
        for (var follower = 0; follower < places.Length; follower++)
        {
            places[follower] = _places[follower][lane] = new Sequence();
        }

        return places;
    }

    /// <summary>The lanes are these from now on; what was there stays where it is.</summary>
    private protected abstract void Serve(DepthLane[] lanes);

    /// <summary>Frees the books and what is buffered for them.</summary>
    private protected abstract void FreeBooks();
}
