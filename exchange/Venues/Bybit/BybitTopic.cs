using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>
/// The book of one symbol at one depth: a snapshot to each new listener, then what changed at the topic's cadence, each
/// message one further in its count. Depth 1 sends whole books only, the last one again after three seconds without a
/// change. Touch it under the market's gate.
/// </summary>
internal sealed class BybitTopic
{
    private const long RestartId = 1;

    private static readonly TimeSpan RepeatAfter = TimeSpan.FromSeconds(3);

    private readonly BybitBook _book;
    private readonly int _depth;
    private readonly TimeSpan _period;
    private readonly BybitSettings _settings;
    private readonly TimeProvider _clock;
    private readonly HashSet<BybitSession> _listeners = [];
    private readonly List<(long Ticks, long Lots)> _bids = [];
    private readonly List<(long Ticks, long Lots)> _asks = [];
    private readonly DepthWindow _bidWindow;
    private readonly DepthWindow _askWindow;
    private TimeSpan _next;
    private long _lastSent;
    private int _deltas;

    public BybitTopic(
        BybitBook book, int depth, TimeSpan period, BybitSettings settings, TimeProvider clock)
    {
        _book = book;
        _depth = depth;
        _period = period;
        _settings = settings;
        _clock = clock;
        Name = $"orderbook.{depth}.{book.Book.Listing.Symbol}";
        UpdateId = 18_000_000 + (depth * 1_000);
        _bidWindow = new DepthWindow(book.Book.Bids, depth, deletesFallen: true);
        _askWindow = new DepthWindow(book.Book.Asks, depth, deletesFallen: true);
    }

    /// <summary>For instance <c>orderbook.50.BTCUSDT</c>.</summary>
    public string Name { get; }

    public string Symbol => _book.Book.Listing.Symbol;

    /// <summary>The count of the newest message.</summary>
    public long UpdateId { get; private set; }

    /// <summary>The snapshot that the next deltas continue; for a listener that is about to be added.</summary>
    public byte[] Snapshot()
    {
        CatchUp();
        return Whole();
    }

    public void Add(BybitSession session) => _listeners.Add(session);

    public void Remove(BybitSession session) => _listeners.Remove(session);

    /// <summary>What listeners hold now, the best levels of it.</summary>
    public BybitLevels Held(int depth)
    {
        CatchUp();
        return new BybitLevels(_bidWindow.Held.Take(depth), _askWindow.Held.Take(depth));
    }

    public void Stepped(TimeSpan marketTime)
    {
        if (_listeners.Count == 0 || marketTime < _next)
        {
            return;
        }

        _next = marketTime + _period;
        if (Advance())
        {
            Publish(UpdateId == RestartId || _depth == 1 ? Whole() : Delta());
        }
    }

    /// <summary>Repeats a whole book that has not changed for a while.</summary>
    public void Tick()
    {
        if (_depth == 1 && _listeners.Count != 0 && _clock.GetElapsedTime(_lastSent) >= RepeatAfter)
        {
            Publish(Whole());
        }
    }

    /// <summary>Sends a whole book, at any time or as after a restart; false when nobody listens.</summary>
    public bool SendWhole(bool isRestart)
    {
        if (_listeners.Count == 0)
        {
            return false;
        }

        Advance();
        UpdateId = isRestart ? RestartId : UpdateId;
        Publish(Whole());
        return true;
    }

    /// <summary>While nobody listens nothing is published: the window catches up when somebody asks.</summary>
    private void CatchUp()
    {
        if (_listeners.Count == 0)
        {
            Advance();
        }
    }

    /// <summary>Moves on to the book of now; false when nothing changed.</summary>
    private bool Advance()
    {
        _bids.Clear();
        _asks.Clear();
        _bidWindow.Advance(_bids);
        _askWindow.Advance(_asks);
        if (_bids.Count + _asks.Count == 0)
        {
            return false;
        }

        UpdateId = ++_deltas == _settings.RestartsAfter ? RestartId : UpdateId + 1;
        return true;
    }

    private byte[] Whole() =>
        _book.Frame(Name, "snapshot", new BybitLevels(_bidWindow.Held, _askWindow.Held), UpdateId);

    private byte[] Delta() => _book.Frame(Name, "delta", new BybitLevels(_bids, _asks), UpdateId);

    private void Publish(byte[] frame)
    {
        _lastSent = _clock.GetTimestamp();
        foreach (var listener in _listeners)
        {
            listener.Session.Send(frame);
        }
    }
}
