using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>
/// A channel of one instrument whose every push is the whole top of the book, when that changed. Touch it under the
/// market's gate.
/// </summary>
internal sealed class OkxWholeChannel
{
    private readonly int _depth;
    private readonly TimeSpan _period;
    private readonly SimulatedBook _book;
    private readonly OkxWriter _writer;
    private readonly HashSet<OkxSession> _listeners = [];
    private TimeSpan _next;
    private bool _changed;

    public OkxWholeChannel(string name, int depth, TimeSpan period, SimulatedBook book, OkxWriter writer)
    {
        Name = name;
        _depth = depth;
        _period = period;
        _book = book;
        _writer = writer;
    }

    /// <summary>For instance <c>books5</c>.</summary>
    public string Name { get; }

    /// <summary>Adds a listener and sends it the book of now.</summary>
    public void Add(OkxSession session, long id)
    {
        _listeners.Add(session);
        session.Send(Frame(id));
    }

    public void Remove(OkxSession session) => _listeners.Remove(session);

    public void Stepped(TimeSpan marketTime, long id)
    {
        _changed |= Reaches(_book.Bids, Side.Bid) || Reaches(_book.Asks, Side.Ask);
        if (marketTime < _next || !_changed || _listeners.Count == 0)
        {
            return;
        }

        _next = marketTime + _period;
        _changed = false;
        var frame = Frame(id);
        foreach (var listener in _listeners)
        {
            listener.Send(frame);
        }
    }

    private byte[] Frame(long id) => _writer.Whole(
        Name, OkxWriter.Best(_book.Asks, _depth), OkxWriter.Best(_book.Bids, _depth), id);

    /// <summary>True when a change of the last step lies at or before the last level shown.</summary>
    private bool Reaches(SimulatedSide levels, Side side)
    {
        var last = levels.TicksAt(Math.Min(_depth, levels.Count) - 1);
        foreach (var change in _book.Changes)
        {
            if (change.Side == side && (side == Side.Bid ? change.Ticks >= last : change.Ticks <= last))
            {
                return true;
            }
        }

        return false;
    }
}
