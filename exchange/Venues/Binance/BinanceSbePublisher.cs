using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>
/// Publishes one book in the venue's binary encoding: diffs every 20 ms, the best 20 levels every 50 ms, the best bid
/// and ask with each change. Update ids are those of the JSON streams and of REST.
/// </summary>
internal sealed class BinanceSbePublisher
{
    private const int PartialDepth = 20;

    private static readonly TimeSpan DiffPeriod = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan PartialPeriod = TimeSpan.FromMilliseconds(50);

    private readonly SimulatedBook _book;
    private readonly TimeProvider _clock;
    private readonly BinanceStream _diffs;
    private readonly BinanceStream _partial;
    private readonly BinanceStream _top;
    private readonly PendingChanges _pending = new();
    private TimeSpan _nextDiff;
    private TimeSpan _nextPartial;
    private long _lastDiff;
    private long _lastPartial;
    private (long Bid, long BidLots, long Ask, long AskLots) _lastTop;

    /// <param name="book">The book.</param>
    /// <param name="clock">Stamps events.</param>
    /// <param name="updateId">The book's update id now.</param>
    public BinanceSbePublisher(SimulatedBook book, TimeProvider clock, long updateId)
    {
        _book = book;
        _clock = clock;
        _lastDiff = updateId;
        _lastPartial = updateId;
        var prefix = book.Listing.Symbol.ToLowerInvariant();
        _diffs = new BinanceStream($"{prefix}@depth");
        _partial = new BinanceStream($"{prefix}@depth20");
        _top = new BinanceStream($"{prefix}@bestBidAsk");
    }

    public IEnumerable<BinanceStream> Streams => [_diffs, _partial, _top];

    /// <summary>The book stands as it is after a step that ended with an update id.</summary>
    public void Stepped(long updateId, TimeSpan marketTime)
    {
        PublishTop(updateId);
        if (_diffs.HasListeners)
        {
            _pending.Add(_book.Changes);
        }
        else
        {
            _pending.Clear();
            _lastDiff = updateId;   // whoever comes next hears of what changes from then on
        }

        if (marketTime >= _nextDiff)
        {
            _nextDiff = marketTime + DiffPeriod;
            PublishDiff(updateId);
        }

        if (marketTime >= _nextPartial)
        {
            _nextPartial = marketTime + PartialPeriod;
            PublishPartial(updateId);
        }
    }

    private void PublishTop(long updateId)
    {
        var (bids, asks) = (_book.Bids, _book.Asks);
        var top = (bids.TicksAt(0), bids.LotsAt(0), asks.TicksAt(0), asks.LotsAt(0));
        if (top != _lastTop)
        {
            _lastTop = top;
            _top.Publish((_, _) => Writer().Top(updateId, _book));
        }
    }

    private void PublishDiff(long updateId)
    {
        if (_pending.Any)
        {
            var first = _lastDiff + 1;
            _diffs.Publish((_, _) => Writer().Diff(first, updateId, _pending));
            _lastDiff = updateId;
            _pending.Clear();
        }
    }

    private void PublishPartial(long updateId)
    {
        if (updateId != _lastPartial)
        {
            _lastPartial = updateId;
            _partial.Publish((_, _) => Writer().Partial(updateId, _book, PartialDepth));
        }
    }

    private SbeWriter Writer() => new(_book.Listing, BinanceMessages.EventTime(_clock, microseconds: true));
}
