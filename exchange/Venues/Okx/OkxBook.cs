using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>
/// The channel <c>books</c> of one instrument, and its whole channels: what changed of 400 levels a side every 100 ms,
/// chained by ids that jump, and a sign of life after a minute without change. Touch it under the market's gate.
/// </summary>
internal sealed class OkxBook : IBookObserver
{
    private const int Depth = 400;
    private const long FirstId = 3_145_000_000;
    private const long IdFalls = 2_000_000_000;     // less than the first id: ids stay positive

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(1);

    private readonly OkxSettings _settings;
    private readonly TimeProvider _clock;
    private readonly OkxWriter _writer;
    private readonly Random _jumps;
    private readonly HashSet<OkxSession> _listeners = [];
    private readonly List<(long Ticks, long Lots)> _bids = [];
    private readonly List<(long Ticks, long Lots)> _asks = [];
    private readonly OkxWholeChannel[] _whole;
    private DepthWindow _bidWindow;
    private DepthWindow _askWindow;
    private TimeSpan _next;
    private long _lastSent;
    private long _id;
    private int _updates;
    private bool _fallsNext;
    private bool _hasLiveChecksum;

    public OkxBook(SimulatedBook book, ExchangeOptions options, FrameWriter writer)
    {
        Book = book;
        _settings = options.Okx;
        _hasLiveChecksum = options.Okx.LiveChecksum;
        _clock = options.Clock;
        _writer = new OkxWriter(book.Listing, options.Clock, writer);
        _jumps = new Random(Seeds.Derive(options.Seed, "okx ids", book.Listing.Symbol));
        _id = FirstId + _jumps.Next(1_000_000);
        _bidWindow = new DepthWindow(book.Bids, Depth, deletesFallen: true);
        _askWindow = new DepthWindow(book.Asks, Depth, deletesFallen: true);
        _whole =
        [
            new OkxWholeChannel("books5", 5, Period, book, _writer),
            new OkxWholeChannel("bbo-tbt", 1, TimeSpan.FromMilliseconds(10), book, _writer),
        ];
    }

    public SimulatedBook Book { get; }

    public OkxWriter Writer => _writer;

    /// <summary>The newest id.</summary>
    public long Id => _id;

    /// <summary>The whole channel of a name; null when there is none.</summary>
    public OkxWholeChannel? FindWhole(string channel) => Array.Find(_whole, whole => whole.Name == channel);

    /// <summary>Adds a listener and sends it the snapshot that its updates continue.</summary>
    public void Add(OkxSession session)
    {
        if (_listeners.Count == 0)
        {
            // Nobody was told of what happened since: the window starts from the book of now, and the ids go on.
            _bidWindow = new DepthWindow(Book.Bids, Depth, deletesFallen: true);
            _askWindow = new DepthWindow(Book.Asks, Depth, deletesFallen: true);
            _id += _jumps.Next(1, 50);
            _lastSent = _clock.GetTimestamp();
        }

        _listeners.Add(session);
        session.Send(_writer.Book("snapshot", _askWindow.Held, _bidWindow.Held, Checksum(), -1, _id));
    }

    public void Remove(OkxSession session)
    {
        _listeners.Remove(session);
        Array.ForEach(_whole, whole => whole.Remove(session));
    }

    /// <summary>Only the updates end; whole channels go on.</summary>
    public void RemoveUpdates(OkxSession session) => _listeners.Remove(session);

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        Array.ForEach(_whole, whole => whole.Stepped(marketTime, _id));
        if (marketTime < _next)
        {
            return;
        }

        _next = marketTime + Period;
        if (_listeners.Count != 0)
        {
            PublishChanges();
        }
    }

    /// <summary>Sends the sign of life when nothing else was sent for a minute.</summary>
    public void Tick()
    {
        if (_listeners.Count != 0 && _clock.GetElapsedTime(_lastSent) >= IdleMax)
        {
            Publish(_writer.Book("update", [], [], Checksum(), _id, _id));
        }
    }

    /// <summary>Does what the venue may do at any time; false without listeners or for another fault.</summary>
    public bool Provoke(string fault)
    {
        switch (fault)
        {
            case "live-checksum":
                _hasLiveChecksum = true;
                return true;
            case "sequence-falls" when _listeners.Count != 0 && _id > IdFalls:
                _fallsNext = true;
                return true;
            case "idle-tick" when _listeners.Count != 0:
                Publish(_writer.Book("update", [], [], Checksum(), _id, _id));
                return true;
            case "snapshot-midstream" when _listeners.Count != 0:
                Publish(_writer.Book("snapshot", _askWindow.Held, _bidWindow.Held, Checksum(), -1, _id));
                return true;
            default:
                return false;
        }
    }

    /// <summary>Ends what was provoked and lasts.</summary>
    public void Calm() => _hasLiveChecksum = _settings.LiveChecksum;

    private void PublishChanges()
    {
        _bids.Clear();
        _asks.Clear();
        _bidWindow.Advance(_bids);
        _askWindow.Advance(_asks);
        if (_bids.Count + _asks.Count == 0)
        {
            return;
        }

        var previous = _id;
        _id += _jumps.Next(1, 30);
        if (++_updates == _settings.SequenceFallsAfter || _fallsNext)
        {
            _fallsNext = false;
            _id -= IdFalls;
        }

        Publish(_writer.Book("update", _asks, _bids, Checksum(), previous, _id));
    }

    private void Publish(byte[] frame)
    {
        _lastSent = _clock.GetTimestamp();
        foreach (var listener in _listeners)
        {
            listener.Send(frame);
        }
    }

    private int Checksum() =>
        _hasLiveChecksum ? OkxChecksum.Of(Book.Listing, _bidWindow, _askWindow) : 0;
}
