using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// Books that come and go while others are served. Whoever wants that says so in a queue; the reader takes it between
/// two messages, never while another thread makes a connection from the list of symbols. The open socket subscribes to
/// that one symbol, or stops: the other books of the connection notice nothing. Several wait for each other, since
/// venues cut off who says too much.
/// </content>
public sealed partial class VenueConnection<TDialect>
{
    /// <summary>Announcements of one book that comes or goes, and one to spare.</summary>
    private const int ListingEvents = 4;

    /// <summary>Venues count a client's messages: three a second are within the limits of all of them.</summary>
    private const long ListingEveryNanos = 350_000_000;

    private readonly ConcurrentQueue<BookListing> _listings = new();
    private long _listedNanos;

    /// <inheritdoc/>
    public void Add(Precision symbol, int book) => _listings.Enqueue(new BookListing(book, symbol));

    /// <inheritdoc/>
    public void Remove(int book) => _listings.Enqueue(new BookListing(book, null));

    /// <summary>True while changes of what is served wait.</summary>
    internal bool HasListings => !_listings.IsEmpty;

    /// <summary>True when it has no socket, and none is under way.</summary>
    internal bool IsAtRest => _step == ConnectionStep.Resting;

    private bool Speaks => _step == ConnectionStep.Reading && _isSubscribed && !_isPaused;

    private void TakeListings(long nanos)
    {
        while (!_listings.IsEmpty
            && _step is ConnectionStep.Resting or ConnectionStep.Reading or ConnectionStep.Ended
            && (!Speaks || nanos - _listedNanos >= ListingEveryNanos)
            && _decoder.HasRoomToAnnounce(ListingEvents)
            && _listings.TryDequeue(out var listing))
        {
            if (listing.Symbol is { } symbol)
            {
                Take(symbol, listing.Book, nanos);
            }
            else
            {
                GiveUp(listing.Book, nanos);
            }
        }
    }

    private void Take(Precision symbol, int book, long nanos)
    {
        _symbols = [.. _symbols, symbol.Symbol];
        _books = [.. _books, book];
        _pacing = [.. _pacing, default];
        _cadences = [.. _cadences, default];
        _probes = [.. _probes, default];
        _audits = [.. _audits, default];
        ServeListed();
        _decoder.Declare(book, symbol.PriceScale, symbol.QuantityScale);
        _intake.Announce(book, EventKind.Listed, FaultCode.None, nanos);
        if (_retryNanos == long.MaxValue)
        {
            _retryNanos = nanos;   // the first book: there was no reason to connect
        }

        if (!Speaks)
        {
            return;   // it is announced and subscribed to with the others
        }

        _intake.Announce(book, EventKind.Connecting, FaultCode.None, nanos);
        Send(TDialect.SubscribeAlso(symbol.Symbol, _options.Subscription), nanos);
        ExpectSnapshot(_books.Length - 1, nanos);
        _intake.Announce(book, EventKind.Subscribed, FaultCode.None, nanos);
        Log.BookTaken(_log, Venue, symbol.Symbol, _books.Length);
    }

    private void GiveUp(int book, long nanos)
    {
        var index = Array.IndexOf(_books, book);
        if (index < 0)
        {
            return;
        }

        var symbol = _symbols[index];
        if (Speaks)
        {
            Send(TDialect.Unsubscribe(symbol, _options.Subscription, _decoder.Channels.ChannelOf(book)), nanos);
        }

        _symbols = Without(_symbols, index);
        _books = Without(_books, index);
        _pacing = Without(_pacing, index);
        _cadences = Without(_cadences, index);
        _probes = Without(_probes, index);
        _audits = Without(_audits, index);
        ServeListed();
        _decoder.Forget(book);
        _intake.Announce(book, EventKind.Disconnected, FaultCode.None, nanos);
        _intake.Announce(book, EventKind.Delisted, FaultCode.None, nanos);
        Log.BookGivenUp(_log, Venue, symbol, _books.Length);
        if (_books.Length == 0)
        {
            Hang(nanos);
        }
    }

    /// <summary>Nothing is left to connect for: the socket is closed until a book comes.</summary>
    private void Hang(long nanos)
    {
        _retryNanos = long.MaxValue;
        if (_step == ConnectionStep.Reading)
        {
            var socket = _socket!;
            _socket = null;
            _isHeld = false;
            _isConnected = false;
            _step = ConnectionStep.Resting;
            _reconnect.Reset();
            Counters.Disconnects++;
            _intake.Announce(EventKind.Disconnected, FaultCode.None, nanos);
            _dialing.Close(socket);
        }
    }

    private void ServeListed()
    {
        _decoder.Serve(new SymbolDirectory(
            [.. _symbols.Select((symbol, index) => new KeyValuePair<string, int>(symbol, _books[index]))]));
        _intake.Serve(_books);
    }

    private void Send(IEnumerable<string> frames, long nanos)
    {
        _listedNanos = nanos;
        foreach (var frame in frames)
        {
            if (!_socket!.TrySendText(Encoding.UTF8.GetBytes(frame)))
            {
                return;   // the connection is over; the next read finds out
            }
        }
    }

    private static T[] Without<T>(T[] items, int index) => [.. items[..index], .. items[(index + 1)..]];
}
