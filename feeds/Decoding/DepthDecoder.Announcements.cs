using System;
using System.Threading;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <content>
/// What the engine is told of a book that is not a message of the venue. It is never lost: what finds no room is owed,
/// and told before the next event of its book.
/// </content>
public sealed partial class DepthDecoder
{
    /// <summary>True while the engine has not been told of every fault.</summary>
    public bool OwesEvents => _owedCount != 0;

    /// <summary>True when there is room to announce something of so many books, and nothing is owed.</summary>
    public bool HasRoomToAnnounce(int books) =>
        _owedCount == 0 && _lane.HasRoom(Math.Min(books, _lane.Ring.Capacity));

    /// <summary>Tells the engine what is owed, as far as there is room.</summary>
    public void TellOwed()
    {
        for (var book = 0; book < _owed.Length && _owedCount != 0; book++)
        {
            TryTellOwed(book);
        }
    }

    /// <summary>
    /// Tells the engine something of a book that is not a message of the venue. It is never lost: a book that is not
    /// served any more would stay in the quote. A fault or the end of the connection is owed when there is no room;
    /// anything else waits, unless <see cref="HasRoomToAnnounce"/> said that it need not. Where messages are dropped
    /// there is a reserve for all of it, since whoever drives the engine on the same thread drains only between frames.
    /// </summary>
    public void Announce(int book, EventKind kind, FaultCode fault = FaultCode.None)
    {
        if (_gate is not null)
        {
            kind = _gate.Told(_link, book, kind, fault);
            if (kind == EventKind.None)
            {
                return;
            }
        }

        if (kind is EventKind.Fault or EventKind.Disconnected)
        {
            Owe(book, kind, fault);
            TryTellOwed(book);
            return;
        }

        while (!TryTellOwed(book) || !_lane.TryBegin(book, kind))
        {
            if (_stopping)
            {
                return;
            }

            Thread.Yield();
        }

        CommitAnnounced(fault, ReceivedNanos);
    }

    /// <summary>
    /// Something is missing and nobody knows of which book: tells the engine so of all of them, before anything else.
    /// No message may be open.
    /// </summary>
    internal void FaultAll(FaultCode fault)
    {
        foreach (var book in _symbols.Books)
        {
            Announce(book, EventKind.Fault, fault);
        }
    }

    /// <summary>What was owed before it stays; only the end of the connection says more than a fault.</summary>
    private void Owe(int book, EventKind kind, FaultCode fault)
    {
        ref var owed = ref _owed[book];
        if (owed.Kind == EventKind.None)
        {
            _owedCount++;
        }
        else if (kind == EventKind.Fault || owed.Kind == EventKind.Disconnected)
        {
            return;
        }

        owed = new OwedEvent { Kind = kind, Fault = fault, Nanos = ReceivedNanos };
    }

    /// <summary>True when nothing is owed of this book, or not any more.</summary>
    private bool TryTellOwed(int book)
    {
        if (_owedCount == 0 || _owed[book].Kind == EventKind.None)
        {
            return true;
        }

        ref var owed = ref _owed[book];
        if (!_lane.TryBegin(book, owed.Kind))
        {
            return false;
        }

        CommitAnnounced(owed.Fault, owed.Nanos);
        owed = default;
        _owedCount--;
        return true;
    }

    private void CommitAnnounced(FaultCode fault, long nanos)
    {
        _lane.Current.Fault = fault;
        _lane.Current.ReceivedNanos = nanos;
        _lane.Commit(nanos);
    }
}
