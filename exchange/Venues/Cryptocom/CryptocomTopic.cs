using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>
/// The book of one instrument with one depth and one choice of how: a snapshot and what changed since, linked by ids
/// that jump, with a sign of life when nothing does; or the whole book each time. Touch it under the market's gate.
/// </summary>
internal sealed class CryptocomTopic : IBookObserver
{
    private const long FirstId = 375_554_800_000_000;

    private readonly SimulatedBook _book;
    private readonly CryptocomChoice _choice;
    private readonly TimeSpan _period;
    private readonly TimeProvider _clock;
    private readonly TimeSpan _idleMax;
    private readonly CryptocomWriter _writer;
    private readonly Random _jumps;
    private readonly HashSet<CryptocomSession> _listeners = [];
    private readonly List<(long Ticks, long Lots)> _bids = [];
    private readonly List<(long Ticks, long Lots)> _asks = [];
    private DepthWindow _bidWindow = null!;
    private DepthWindow _askWindow = null!;
    private TimeSpan _next;
    private long _lastSent;
    private long _changedMillis;
    private long _id;

    public CryptocomTopic(
        SimulatedBook book, int depth, CryptocomChoice choice, TimeSpan period, VenueMarket market, FrameWriter writer)
    {
        _book = book;
        Depth = depth;
        _choice = choice;
        _period = period;
        _clock = market.Clock;
        _idleMax = market.Options.Cryptocom.IdleMax;
        _writer = new CryptocomWriter(book.Listing, depth, market.Clock, writer);
        _jumps = new Random(Seeds.Derive(market.Options.Seed, $"cryptocom ids {depth}", book.Listing.Symbol));
        _id = FirstId + _jumps.Next(1_000_000);
        Restart();
    }

    public string Symbol => _book.Listing.Symbol;

    /// <summary>Levels a side.</summary>
    public int Depth { get; }

    /// <summary>Adds a listener and sends it the book that its updates continue.</summary>
    public void Add(CryptocomSession session)
    {
        if (_listeners.Count == 0)
        {
            Restart();   // nobody was told of what happened since
            _id += Jump();
            _lastSent = _clock.GetTimestamp();
        }

        _listeners.Add(session);
        session.Send(_writer.Whole(_askWindow.Held, _bidWindow.Held, _id, _changedMillis));
    }

    public void Remove(CryptocomSession session) => _listeners.Remove(session);

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        if (marketTime < _next || _listeners.Count == 0)
        {
            return;
        }

        _next = marketTime + _period;
        _bids.Clear();
        _asks.Clear();
        _bidWindow.Advance(_bids);
        _askWindow.Advance(_asks);
        var isChanged = _bids.Count + _asks.Count != 0;
        if (!isChanged && !_choice.IsWhole)
        {
            return;
        }

        var previous = _id;
        _id += isChanged ? Jump() : 0;
        _changedMillis = isChanged ? Now() : _changedMillis;
        Publish(_choice.IsWhole
            ? _writer.Whole(_askWindow.Held, _bidWindow.Held, _id, _changedMillis)
            : _writer.Update(_asks, _bids, previous, _id, _changedMillis));
    }

    /// <summary>Sends an empty change whose id is the one before; false when nobody listens to changes.</summary>
    public bool SendSignOfLife()
    {
        if (_listeners.Count == 0 || _choice.IsWhole)
        {
            return false;
        }

        Publish(_writer.Update([], [], _id, _id, _changedMillis));
        return true;
    }

    /// <summary>Sends the sign of life when nothing else was sent for a while.</summary>
    public void Tick()
    {
        if (_listeners.Count != 0 && !_choice.IsWhole && _clock.GetElapsedTime(_lastSent) >= _idleMax)
        {
            Publish(_writer.Update([], [], _id, _id, _changedMillis));
        }
    }

    private void Publish(byte[] frame)
    {
        _lastSent = _clock.GetTimestamp();
        foreach (var listener in _listeners)
        {
            listener.Send(frame);
        }
    }

    private void Restart()
    {
        _bidWindow = new DepthWindow(_book.Bids, Depth, deletesFallen: true);
        _askWindow = new DepthWindow(_book.Asks, Depth, deletesFallen: true);
        _changedMillis = Now();
    }

    private int Jump() => _jumps.Next(10_000, 1_000_000);

    private long Now() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
