using System;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// The path from the lanes to the quotes, wired in one place, for books of one structure. The lanes are served by
/// turns; a message that spans several events is taken as a whole. Threads: see <see cref="QuoterPipeline"/>.
/// </summary>
/// <typeparam name="TClock">The engine's time.</typeparam>
/// <typeparam name="TBids">Structure that keeps the bids.</typeparam>
/// <typeparam name="TAsks">Structure that keeps the asks.</typeparam>
public class BookPipeline<TClock, TBids, TAsks> : QuoterPipeline
    where TClock : IClock
    where TBids : struct, IBookSide<BidSide>
    where TAsks : struct, IBookSide<AskSide>
{
    private const int LaneBatch = 64;
    private readonly BookHandler<TClock, TBids, TAsks> _handler;
    private DepthLane[] _lanes;
    private readonly TClock _clock;
    private readonly ConsumptionOrder? _order;

    /// <summary>Wires the pipeline.</summary>
    /// <param name="table">Which books there are.</param>
    /// <param name="options">Sizes.</param>
    /// <param name="clock">Time.</param>
    public BookPipeline(BookTable table, PipelineOptions options, TClock clock)
        : base(table, options)
    {
        _clock = clock;
        _order = Order;

        // 1. where the readers' events come from
        _lanes = [.. Lanes];

        // 2. the books, and for each instrument their merge into its quotes
        Books = new OrderBook<TBids, TAsks>[table.Definitions.Length];
        var stages = new QuoteStage<TClock, TBids, TAsks>[Quotes.Count];
        for (var instrument = 0; instrument < stages.Length; instrument++)
        {
            var consolidated = new ConsolidatedBook<TBids, TAsks>(instrument, table.BooksOf(instrument));
            stages[instrument] = new QuoteStage<TClock, TBids, TAsks>(
                consolidated, Books, table.Statuses, Quotes[instrument], clock);
        }

        // 3. the one writer of books, with the quote stages behind it on the same thread
        _handler = new BookHandler<TClock, TBids, TAsks>(table, Books, stages, Notices);
    }

    /// <summary>Levels of each book; only the engine's thread may touch them while it runs.</summary>
    public OrderBook<TBids, TAsks>[] Books { get; }

    /// <inheritdoc/>
    [HotPath]
    public sealed override int DoWork()
    {
        var work = 0;
        for (var lane = 0; lane < _lanes.Length; lane++)
        {
            work += Drain(lane);
        }

        if (work == 0 && _handler.OnIdle(_clock, out var nanos))
        {
            _order?.Append(LaneRun.NoLane, 0, nanos);
        }

        return work;
    }

    /// <inheritdoc/>
    public sealed override BookCopy CopyOf(int book) => BookCopy.Of(ref Books[book]);

    private protected sealed override void Serve(DepthLane[] lanes) => Volatile.Write(ref _lanes, lanes);

    private protected sealed override void FreeBooks()
    {
        foreach (ref var book in Books.AsSpan())
        {
            book.Free();
        }

        _handler.Dispose();
    }

    [HotPath]
    private int Drain(int index)
    {
        var lane = _lanes[index];
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
            _order?.Append(index, (int)(next - first));
            lane.Consumed.Set(next - 1);
        }

        return (int)(next - first);
    }
}
