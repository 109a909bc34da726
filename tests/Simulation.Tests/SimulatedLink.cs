using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>
/// The way between one venue and the quoter: frames of a connection keep their order and take their time; what goes
/// wrong is drawn from the link's own seed.
/// </summary>
internal sealed class SimulatedLink : INetwork
{
    private const long Millisecond = 1_000_000;
    private readonly SimulatedDay _day;
    private readonly LinkFaults _faults;
    private readonly Random _random;
    private readonly int[] _books;
    private readonly long[] _silentUntil;
    private readonly long[] _lostStep;
    private readonly Dictionary<Uri, RestReply> _earlier = [];
    private readonly Uri?[] _bookPaths;
    private SimulatedSocket? _socket;
    private SimulatedRest? _rest;
    private long _arrivedLast;
    private long _sentLast;
    private long _stalledUntil;
    private bool _isHalfOpen;
    private bool _forgets;

    /// <param name="day">The day.</param>
    /// <param name="venue">One end.</param>
    /// <param name="faults">What goes wrong.</param>
    /// <param name="seed">Decides when.</param>
    /// <param name="books">The engine's index of each of the venue's books.</param>
    public SimulatedLink(SimulatedDay day, SimulatedVenue venue, LinkFaults faults, int seed, int[] books)
    {
        _day = day;
        Venue = venue;
        _faults = faults;
        _random = new Random(seed);
        _books = books;
        _silentUntil = new long[books.Length];
        _lostStep = new long[books.Length];
        _bookPaths = new Uri?[books.Length];
    }

    public SimulatedVenue Venue { get; }

    /// <summary>The other end.</summary>
    public IVenueConnection Connection { get; set; } = null!;

    public FaultTally Tally { get; } = new();

    /// <summary>Messages that nobody can read and that were read all the same: each has to be counted.</summary>
    public long UnreadableRead { get; private set; }

    /// <summary>
    /// Messages that may be read or not: damaged ones, and broken bodies, which may be of no use by then.
    /// </summary>
    public long DoubtfulRead { get; private set; }

    /// <summary>
    /// Whether the venue's messages show that one is missing. Bitstamp's and Coinbase's do not; no client could tell.
    /// </summary>
    public bool ShowsLosses => Venue.Name is not ("bitstamp" or "coinbase");

    private bool GoesWrong(double chance) => chance > 0 && _day.IsFaulty && _random.NextDouble() < chance;

    private long Latency => _faults.LatencyNanos + _random.NextInt64(_faults.JitterNanos);

    public long Nanos() => _day.Time.Nanos;

    public long UnixMillis() => _day.Time.GetUtcNow().ToUnixTimeMilliseconds();

    public Random MakeJitter() => new(_random.Next());

    public IRestClient MakeRest(Uri address, TimeSpan limit, X509Certificate2Collection? trustedRoots) =>
        _rest = new SimulatedRest(this, address, limit);

    public Thread? Start(string name, Action work)
    {
        _day.Agenda.After(3 * Latency, work);
        return null;
    }

    public IVenueSocket? Connect(WebSocketOptions options, IReceiveIdle idle, out WebSocketFault fault)
    {
        if (GoesWrong(_faults.DialRefused))
        {
            Note(FaultKind.DialRefused);
            fault = new WebSocketFault(WebSocketFaultCode.ConnectRefused, "refused");
            return null;
        }

        fault = default;
        _isHalfOpen = false;
        _arrivedLast = 0;
        _sentLast = 0;
        if (ShowsLosses)
        {
            Array.ForEach(_books, _day.NoteConnected);   // counts may begin anew
        }

        Array.Clear(_silentUntil);
        Array.Clear(_lostStep);
        var session = Venue.Open(this, options.Endpoint);
        _socket = new SimulatedSocket(this, session);
        session.Receiver.Opened();
        return _socket;
    }

    /// <summary>The reader's turn.</summary>
    public void Turn()
    {
        while (Connection.Poll() != 0)
        {
            _day.Drain();
        }

        _day.Drain();
    }

    /// <summary>The reader looks at the time.</summary>
    public void Tick()
    {
        _day.Time.Nanos++;
        _rest!.IsVisible = true;
        Connection.Tick(_day.Time.Nanos);
        _rest.IsVisible = false;
        Turn();
    }

    /// <summary>Ten times a second: what goes wrong with the connection as a whole.</summary>
    public void Disturb()
    {
        if (_socket is not { } socket || _isHalfOpen)
        {
            return;
        }

        if (GoesWrong(_faults.LostPerSecond / 10))
        {
            Note(FaultKind.Lost);
            Lose(socket.Session);
        }
        else if (GoesWrong(_faults.ClosedPerSecond / 10))
        {
            Note(FaultKind.Closed);
            socket.Session.Close(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, "going away");
        }
        else if (GoesWrong(_faults.HalfOpenPerSecond / 10))
        {
            Note(FaultKind.HalfOpen);
            _isHalfOpen = true;
            _day.Agenda.After(_random.Next(20_000) * Millisecond, socket.Session.End);
        }
        else if (GoesWrong(_faults.StalledPerSecond / 10))
        {
            Note(FaultKind.Stalled);
            _stalledUntil = Nanos() + (_random.Next(2_500) * Millisecond);
        }
        else if (ShowsLosses && GoesWrong(_faults.SilentPerSecond / 10))
        {
            Note(FaultKind.Silent);
            _silentUntil[_random.Next(_silentUntil.Length)] = Nanos() + (_random.Next(4_000) * Millisecond);
        }
    }

    /// <summary>The venue forgets that it serves a book, and says nothing of it.</summary>
    /// <param name="book">Index of the venue's book.</param>
    /// <param name="requests">What a client would say to be served no more.</param>
    public void Forget(int book, IEnumerable<string> requests)
    {
        _forgets = true;
        foreach (var request in requests)
        {
            _socket!.Session.Receive(System.Text.Encoding.UTF8.GetBytes(request));
        }

        _forgets = false;
        _day.Log?.Add($"{Venue.Name} forgets its book {book}");
    }

    /// <summary>The venue sends.</summary>
    public void Carry(SimulatedSession session, ReadOnlyMemory<byte> bytes)
    {
        if (_socket is not { } socket || socket.Session != session || _isHalfOpen
            || (_forgets && bytes.Span.IndexOf("unsubscribe"u8) >= 0))
        {
            return;   // to nobody
        }

        Carry(socket, Venue.Describe(bytes));
    }

    /// <summary>The venue closes after what it sent.</summary>
    public void CloseByVenue(SimulatedSession session, int code, string reason)
    {
        _day.Agenda.After(0, session.End);
        if (_socket is { } socket && socket.Session == session && !_isHalfOpen)
        {
            Deliver(socket, () => socket.End(WebSocketFaultCode.ClosedByPeer, $"{code} {reason}"));
        }
    }

    /// <summary>The connection breaks; the venue may learn of it late.</summary>
    public void Lose(SimulatedSession session)
    {
        _day.Agenda.After(_random.Next(5_000) * Millisecond, session.End);
        if (_socket is { } socket && socket.Session == session)
        {
            _isHalfOpen = true;   // what is on its way does not arrive
            _day.Agenda.After(Latency, () =>
            {
                socket.End(WebSocketFaultCode.ConnectionLost, "lost");
                Turn();
            });
        }
    }

    public void CloseByQuoter(SimulatedSocket socket)
    {
        if (_socket == socket)
        {
            _socket = null;
        }

        _day.Agenda.After(Latency, socket.Session.End);
    }

    public void CarryToVenue(SimulatedSocket socket, byte[] text)
    {
        _day.Log?.Add($"{Venue.Name} <- {System.Text.Encoding.UTF8.GetString(text)}");
        if (_isHalfOpen && _socket == socket)
        {
            return;
        }

        _sentLast = Math.Max(_sentLast + 1, Nanos() + Latency);
        _day.Agenda.At(_sentLast, () => socket.Session.Receive(text));
    }

    public void CarryPing(SimulatedSocket socket)
    {
        if (!_isHalfOpen || _socket != socket)
        {
            Deliver(socket, socket.ArrivePong);
        }
    }

    /// <summary>A request for a snapshot.</summary>
    public void Ask(Uri address, int book, Action<RestReply?, string?> answer)
    {
        var there = Latency;
        _bookPaths[Array.IndexOf(_books, book)] = address;
        var slow = GoesWrong(_faults.RestSlow) ? _random.Next(8_000) * Millisecond : 0;
        if (slow != 0)
        {
            Note(FaultKind.RestSlow);
        }

        if (there + slow + Latency > _rest!.LimitNanos)
        {
            _day.Agenda.After(_rest.LimitNanos, () => answer(null, "no answer in time"));
            return;
        }

        // What is slow is slow on either side of the moment in which the body is made.
        var before = _random.Next(2) == 0 ? slow : 0;
        _day.Agenda.After(there + before, () =>
        {
            var reply = Reply(address, Array.IndexOf(_books, book));
            _day.Agenda.After(Latency + slow - before, () => answer(reply, reply is null ? "connection lost" : null));
        });
    }

    /// <summary>A request that is waited for.</summary>
    public RestReply? Request(Uri address, string method)
    {
        if (GoesWrong(_faults.RestFailed))
        {
            Note(FaultKind.RestFailed);
            return null;
        }

        return Venue.Answer(address, method, -1);
    }

    /// <summary>The quoter reads a frame or a body.</summary>
    public void NoteRead(SentFrame frame)
    {
        if (!frame.IsBody)
        {
            _day.Time.Nanos++;   // each has a time of its own; a body has its tick's
        }

        UnreadableRead += frame.IsTruncated && !frame.IsBody ? 1 : 0;
        DoubtfulRead += frame.IsTruncated == frame.IsBody && !frame.IsBinding ? 1 : 0;
        if (frame.Book >= 0)
        {
            _day.NoteRead(_books[frame.Book], frame);
        }
    }

    private void Carry(SimulatedSocket socket, SentFrame frame)
    {
        var book = frame.Book;
        if (book >= 0 && ShowsLosses && (Nanos() < _silentUntil[book] && _day.IsFaulty || GoesWrong(_faults.Dropped)))
        {
            Note(FaultKind.Dropped);
            _lostStep[book] = frame.Step;
            return;
        }

        if (book >= 0)
        {
            frame.FollowsLost = _lostStep[book];
            _lostStep[book] = 0;
        }

        if (GoesWrong(_faults.Truncated))
        {
            Note(FaultKind.Truncated);
            frame = frame.Broken(frame.Bytes[.._random.Next(1, frame.Bytes.Length)], truncated: true);
        }
        else if (ShowsLosses && GoesWrong(_faults.Damaged))
        {
            Note(FaultKind.Damaged);
            var bytes = (byte[])frame.Bytes.Clone();
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(1, 9);   // no digit, no space: that could be read
            frame = frame.Broken(bytes, truncated: false);
        }

        Deliver(socket, () => socket.Arrive(frame));
        if (GoesWrong(_faults.Repeated))
        {
            Note(FaultKind.Repeated);
            Deliver(socket, () => socket.Arrive(frame));
        }
    }

    private void Deliver(SimulatedSocket socket, Action arrives)
    {
        _arrivedLast = Math.Max(Math.Max(_arrivedLast + 1, _stalledUntil), Nanos() + Latency);
        _day.Agenda.At(_arrivedLast, () =>
        {
            if (_socket == socket && !_isHalfOpen)
            {
                arrives();
                Turn();
            }
        });
    }

    private RestReply? Reply(Uri address, int book)
    {
        if (GoesWrong(_faults.RestFailed))
        {
            Note(FaultKind.RestFailed);
            return _random.Next(2) == 0 ? null : new RestReply(503, [], 0, null);
        }

        if (GoesWrong(_faults.RestRefused))
        {
            Note(FaultKind.RestRefused);
            return new RestReply(429, [], _random.Next(1, 5) * 1_000, null);
        }

        if (_earlier.TryGetValue(address, out var earlier) && GoesWrong(_faults.RestStale))
        {
            Note(FaultKind.RestStale);
            return earlier;
        }

        if (OtherThan(book) is { } other && GoesWrong(_faults.RestOther))
        {
            Note(FaultKind.RestOther);
            return Venue.Answer(other, "GET", -1);   // shows no state of the book that was asked for
        }

        var reply = Venue.Answer(address, "GET", book);
        _earlier[address] = reply;
        if (reply.Status == 200 && GoesWrong(_faults.RestTruncated))
        {
            Note(FaultKind.RestTruncated);
            var cut = reply.Body[.._random.Next(1, reply.Body.Length)];
            return reply with { Body = cut, Frame = reply.Frame!.Broken(cut, truncated: true) };
        }

        return reply;
    }

    /// <summary>
    /// Where another book was asked for. Null also where ids are times: nothing on the wire tells whose body it is.
    /// </summary>
    private Uri? OtherThan(int book)
    {
        for (var other = 0; other < _bookPaths.Length && ShowsLosses; other++)
        {
            if (other != book && _bookPaths[other] is { } address)
            {
                return address;
            }
        }

        return null;
    }

    private void Note(FaultKind kind)
    {
        Tally.Add(kind);
        _day.Log?.Add($"{Venue.Name} {kind}");
    }
}
