using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>OKX's server side over simulated books: its sockets and what they listen to.</summary>
internal sealed class OkxSimulation : IVenueSimulation
{
    private readonly VenueMarket _market;
    private readonly Dictionary<string, OkxBook> _books;
    private readonly HashSet<OkxSession> _sessions = [];
    private readonly OkxRest _rest;

    public OkxSimulation(VenueMarket market)
    {
        _market = market;
        var writer = new FrameWriter();
        _books = market.Books.ToDictionary(
            book => book.Listing.Symbol, book => new OkxBook(book, market.Options, writer));
        foreach (var book in _books.Values)
        {
            market.Market.Observe(book.Book, book);
        }

        _rest = new OkxRest(market, _books);
    }

    /// <summary>Channels that are acknowledged and have nothing to say here.</summary>
    public static IReadOnlySet<string> SilentChannels { get; } =
        new HashSet<string> { "tickers", "trades", "trades-all", "candle1m", "instruments" };

    /// <summary>Whether the updates want a login, as those by fee tier do.</summary>
    public bool IsPrivate { get; private set; }

    public OkxSettings Settings => _market.Options.Okx;

    public TimeProvider Clock => _market.Clock;

    public System.Threading.Lock Gate => _market.Gate;

    public void Map(VenueRoutes routes)
    {
        var rules = new SocketRules
        {
            Connections = new RequestBudget(Clock, TimeSpan.FromSeconds(1), Settings.ConnectionsPerSecond),
        };
        routes.Socket("/ws/v5/public", rules, (_, session) => new OkxSession(this, session));
        _rest.Map(routes);
    }

    public void Tick()
    {
        foreach (var book in _books.Values)
        {
            book.Tick();
        }

        foreach (var session in _sessions)
        {
            session.Tick();
        }
    }

    public bool Announce()
    {
        lock (Gate)
        {
            foreach (var session in _sessions)
            {
                session.Announce();
            }
        }

        return true;
    }

    public bool Provoke(string fault, string? symbol)
    {
        lock (Gate)
        {
            if (fault == "private-channel")
            {
                IsPrivate = true;
                return true;
            }

            var provoked = false;
            foreach (var book in _books.Values)
            {
                provoked |= (symbol is null || book.Book.Listing.Symbol == symbol) && book.Provoke(fault);
            }

            return provoked;
        }
    }

    public void Calm()
    {
        lock (Gate)
        {
            IsPrivate = false;
            foreach (var book in _books.Values)
            {
                book.Calm();
            }
        }
    }

    public OkxBook? Find(string symbol) => _books.GetValueOrDefault(symbol);

    public void Add(OkxSession session)
    {
        lock (Gate)
        {
            _sessions.Add(session);
        }
    }

    public void Remove(OkxSession session)
    {
        lock (Gate)
        {
            _sessions.Remove(session);
            foreach (var book in _books.Values)
            {
                book.Remove(session);
            }
        }
    }
}
