using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>
/// Publishes one book: every level change is one update id; diffs cover all ids since the diff before
/// (<c>U = previous u + 1</c>), so a snapshot taken between two diffs lies inside the second one.
/// </summary>
internal sealed class BinancePublisher : IBookObserver
{
    private static readonly TimeSpan Fast = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(1000);
    private static readonly int[] PartialDepths = [5, 10, 20];

    private readonly SimulatedBook _book;
    private readonly BinanceMessages _messages;
    private readonly BinanceStream _bookTicker;
    private readonly Cadence[] _cadences;
    private readonly BinanceSbePublisher _binary;
    private (long Bid, long BidLots, long Ask, long AskLots) _top;

    public BinancePublisher(SimulatedBook book, TimeProvider clock, FrameWriter writer)
    {
        _book = book;
        _messages = new BinanceMessages(book.Listing, clock, writer);
        // Any start will do; a large one shows that ids are 64 bits wide.
        UpdateId = 50_000_000_000 + (uint)Seeds.Derive(0, "update id", book.Listing.Symbol);
        var prefix = book.Listing.Symbol.ToLowerInvariant();
        _bookTicker = new BinanceStream($"{prefix}@bookTicker");
        _binary = new BinanceSbePublisher(book, clock, UpdateId);
        _cadences = [new Cadence(prefix, "@100ms", Fast, UpdateId), new Cadence(prefix, string.Empty, Slow, UpdateId)];
    }

    /// <summary>The newest update id: what a snapshot taken now carries.</summary>
    public long UpdateId { get; private set; }

    public SimulatedBook Book => _book;

    /// <summary>The binary streams of this book.</summary>
    public IEnumerable<BinanceStream> BinaryStreams => _binary.Streams;

    /// <summary>The streams of this book in JSON.</summary>
    public IEnumerable<BinanceStream> Streams
    {
        get
        {
            yield return _bookTicker;
            foreach (var cadence in _cadences)
            {
                yield return cadence.Diffs;
                foreach (var partial in cadence.Partials)
                {
                    yield return partial;
                }
            }
        }
    }

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        UpdateId += book.Changes.Count;
        if (book.Changes.Count > 0)
        {
            PublishTop();
        }

        _binary.Stepped(UpdateId, marketTime);
        foreach (var cadence in _cadences)
        {
            cadence.Pending.Add(book.Changes);
            if (marketTime >= cadence.Next)
            {
                cadence.Next = marketTime + cadence.Period;
                Publish(cadence);
            }
        }
    }

    private void PublishTop()
    {
        var (bids, asks) = (_book.Bids, _book.Asks);
        var top = (bids.TicksAt(0), bids.LotsAt(0), asks.TicksAt(0), asks.LotsAt(0));
        if (top == _top)
        {
            return;
        }

        _top = top;
        _bookTicker.Publish((combined, _) => _messages.BookTicker(_bookTicker.Name, combined, UpdateId, _book));
    }

    private void Publish(Cadence cadence)
    {
        if (!cadence.Pending.Any)
        {
            return;     // the venue is silent while a book does not change
        }

        var first = cadence.LastPublished + 1;
        cadence.Diffs.Publish((combined, microseconds) =>
            _messages.Diff(cadence.Diffs.Name, combined, microseconds, first, UpdateId, cadence.Pending));
        for (var i = 0; i < PartialDepths.Length; i++)
        {
            var (stream, depth) = (cadence.Partials[i], PartialDepths[i]);
            stream.Publish((combined, _) => _messages.Partial(stream.Name, combined, UpdateId, _book, depth));
        }

        cadence.LastPublished = UpdateId;
        cadence.Pending.Clear();
    }

    private sealed class Cadence
    {
        public Cadence(string prefix, string suffix, TimeSpan period, long updateId)
        {
            Period = period;
            LastPublished = updateId;
            Diffs = new BinanceStream($"{prefix}@depth{suffix}");
            Partials = Array.ConvertAll(PartialDepths, depth => new BinanceStream($"{prefix}@depth{depth}{suffix}"));
        }

        public TimeSpan Period { get; }

        public TimeSpan Next { get; set; }

        public long LastPublished { get; set; }

        public PendingChanges Pending { get; } = new();

        public BinanceStream Diffs { get; }

        public BinanceStream[] Partials { get; }
    }
}
