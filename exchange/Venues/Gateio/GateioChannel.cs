using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>One stream of one book and who listens to it. Touch it under the market's gate.</summary>
internal abstract class GateioChannel
{
    private readonly HashSet<GateioSession> _listeners = [];
    private TimeSpan _next;

    protected GateioChannel(GateioBook book, string name, TimeSpan period)
    {
        Book = book;
        Name = name;
        Period = period;
    }

    /// <summary>What a subscription names: <c>ob.BTC_USDT.50</c>, or <c>BTC_USDT 100ms</c>.</summary>
    public string Name { get; }

    protected GateioBook Book { get; }

    protected TimeSpan Period { get; }

    public string Symbol => Book.Symbol;

    public bool HasListeners => _listeners.Count > 0;

    /// <summary>Adds a listener; false when it listens already.</summary>
    public bool Add(GateioSession session)
    {
        if (_listeners.Contains(session))
        {
            return false;
        }

        if (_listeners.Count == 0)
        {
            Begin();
        }
        else
        {
            Publish();      // so that the next frame continues what the new listener gets
        }

        _listeners.Add(session);
        Welcome(session);
        return true;
    }

    public bool Remove(GateioSession session) => _listeners.Remove(session);

    /// <summary>Called after every step of the book.</summary>
    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        if (!HasListeners)
        {
            return;
        }

        Note(book.Changes);
        if (marketTime < _next)
        {
            return;
        }

        _next = marketTime + Period;
        Publish();
    }

    /// <summary>Sends a whole book between updates, or lets the next frame be one; true.</summary>
    public bool SendWhole()
    {
        Publish();      // so that what follows continues the whole book
        NextIsWhole();
        foreach (var listener in _listeners)
        {
            Welcome(listener);
        }

        return true;
    }

    /// <summary>A channel whose welcome is empty sends a whole book with its next frame.</summary>
    protected virtual void NextIsWhole()
    {
    }

    /// <summary>The first listener is about to come: what is published continues the book as it is now.</summary>
    protected abstract void Begin();

    /// <summary>What a new listener gets before anything else.</summary>
    protected abstract void Welcome(GateioSession session);

    /// <summary>What one step changed.</summary>
    protected abstract void Note(IReadOnlyList<LevelChange> changes);

    /// <summary>What to publish now; null for nothing.</summary>
    protected abstract byte[]? Frame();

    private void Publish()
    {
        if (Frame() is not { } frame)
        {
            return;
        }

        foreach (var listener in _listeners)
        {
            listener.Session.Send(frame);
        }
    }
}
