using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;
using LowLatencyQuoter.Exchange.Venues;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>One venue of the exchange, with its books, its endpoints and the history of what it sent.</summary>
internal sealed class SimulatedVenue
{
    private static readonly TimeSpan PublishedWithin = TimeSpan.FromMilliseconds(1_100);
    private readonly SimulatedMarket _market;
    private readonly SessionRegistry _registry = new(NullLogger.Instance, 1, 1, TimeSpan.Zero, TimeProvider.System);
    private readonly SimulatedRoutes _routes;
    private readonly FrameReading _reading;
    private readonly SentFrame?[] _last;

    public SimulatedVenue(IVenue venue, SimulatedMarket market, ExchangeOptions options)
    {
        Name = venue.Name;
        _market = market;
        Books = [.. InstrumentProfile.Select(options.Instruments).Select(venue.List).OfType<Listing>()
            .Select(listing => market.List(Name, listing, venue.Flow))];
        Histories = [.. Books.Select(static book => new BookHistory(book))];
        foreach (var history in Histories)
        {
            market.Observe(history.Book, history);
        }

        Simulation = venue.Simulate(new VenueMarket(market, Books, options));
        _routes = new SimulatedRoutes(_registry, Name);
        Simulation.Map(_routes);
        _reading = new FrameReading(Name, [.. Books.Select(static book => book.Listing.Symbol)]);
        _last = new SentFrame?[Books.Count];
    }

    public string Name { get; }

    public IVenueSimulation Simulation { get; }

    public IReadOnlyList<SimulatedBook> Books { get; }

    public IReadOnlyList<BookHistory> Histories { get; }

    /// <summary>True when whole books are to be kept with what is sent.</summary>
    public bool KeepsWholeBooks { get; set; }

    /// <summary>Opens a session for a client that asked for this address.</summary>
    public SimulatedSession Open(SimulatedLink link, Uri address)
    {
        var (rules, open) = _routes.FindSocket(PathOf(address) is "" ? "/" : PathOf(address));
        var session = new SimulatedSession(link, rules, _registry);
        session.Receiver = open(ContextOf(address, "GET"), session);
        return session;
    }

    /// <summary>What a frame that is being sent shows.</summary>
    public SentFrame Describe(ReadOnlyMemory<byte> frame)
    {
        var bytes = frame.ToArray();
        var book = _reading.SymbolOf(bytes);
        if (book < 0)
        {
            return new SentFrame { Bytes = bytes };
        }

        var step = _market.Elapsed.Ticks;
        var history = Histories[book];
        var sent = new SentFrame
        {
            Bytes = bytes,
            Book = book,
            Step = step,
            Latest = history.Now,
            Earliest = _reading.IsWhole(bytes) ? history.At(_market.Elapsed - PublishedWithin) : history.Now,
            Whole = KeepsWholeBooks ? BookTop.Of(Books[book], int.MaxValue) : null,
        };
        if (_last[book] is { } last && last.Step == step)
        {
            last.EndsStep = false;
        }

        _last[book] = sent;
        return sent;
    }

    /// <summary>The number that the venue gave the channel of a book last; 0: none.</summary>
    public long ChannelOf(int book) => _reading.ChannelOf(book);

    /// <summary>Answers a request.</summary>
    /// <param name="address">Of what.</param>
    /// <param name="method">How.</param>
    /// <param name="book">Index of the venue's book whose snapshot it is; -1: none.</param>
    public RestReply Answer(Uri address, string method, int book)
    {
        var context = ContextOf(address, method);
        using var body = new MemoryStream();
        context.Response.Body = body;
        _routes.Answer(PathOf(address), context);
        var retry = context.Response.Headers.RetryAfter.ToString();
        var frame = book < 0 ? null : new SentFrame
        {
            Bytes = body.ToArray(),
            Book = book,
            Step = _market.Elapsed.Ticks,
            Latest = Histories[book].Now,
            Earliest = Histories[book].Now,
            IsBody = true,
            IsBinding = false,
            Whole = BookTop.Of(Books[book], int.MaxValue),
        };
        return new RestReply(
            context.Response.StatusCode,
            body.ToArray(),
            retry.Length == 0 ? 0 : int.Parse(retry, CultureInfo.InvariantCulture) * 1_000,
            frame);
    }

    private string PathOf(Uri address) => address.AbsolutePath[(Name.Length + 1)..].TrimEnd('/');

    private static DefaultHttpContext ContextOf(Uri address, string method)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Scheme = address.Scheme;
        context.Request.Host = new HostString(address.Host, address.Port);
        context.Request.Path = address.AbsolutePath;
        context.Request.QueryString = new QueryString(address.Query);
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        return context;
    }
}
