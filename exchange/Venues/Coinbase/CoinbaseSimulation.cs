using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>
/// Coinbase Exchange's server side over simulated books: its sockets and who listens to which product.
/// </summary>
internal sealed class CoinbaseSimulation : IVenueSimulation
{
    /// <summary>In so long an address that keeps to 8 connections a second opens 20.</summary>
    private static readonly TimeSpan BurstLength = TimeSpan.FromSeconds(2.5);

    private readonly VenueMarket _market;
    private readonly Dictionary<string, CoinbaseBook> _books = [];
    private readonly HashSet<CoinbaseSession> _sessions = [];
    private readonly CoinbaseRest _rest;

    public CoinbaseSimulation(VenueMarket market)
    {
        _market = market;
        var writer = new FrameWriter();
        foreach (var simulated in market.Books)
        {
            var book = new CoinbaseBook(simulated, market.Clock, writer);
            market.Market.Observe(simulated, book);
            _books.Add(book.Product, book);
        }

        _rest = new CoinbaseRest(market, _books);
    }

    /// <summary>Whether the batched channel wants a login too.</summary>
    public bool IsPrivate { get; private set; }

    public CoinbaseSettings Settings => _market.Options.Coinbase;

    public TimeProvider Clock => _market.Clock;

    public System.Threading.Lock Gate => _market.Gate;

    public void Map(VenueRoutes routes)
    {
        var rules = new SocketRules
        {
            Connections = new RequestBudget(Clock, BurstLength, Settings.ConnectionBurst),
        };
        routes.Socket("/", rules, (_, session) => new CoinbaseSession(this, session));
        _rest.Map(routes);
    }

    public void Tick()
    {
        foreach (var session in _sessions)
        {
            session.Tick();
        }
    }

    /// <summary>Coinbase has no notice of a coming disconnect.</summary>
    public bool Announce() => false;

    public bool Provoke(string fault, string? symbol)
    {
        lock (Gate)
        {
            IsPrivate = true;
            return true;
        }
    }

    public void Calm()
    {
        lock (Gate)
        {
            IsPrivate = false;
        }
    }

    /// <summary>The book of a product; null when it is not listed.</summary>
    public CoinbaseBook? Find(string product) => _books.GetValueOrDefault(product);

    public void Add(CoinbaseSession session)
    {
        lock (Gate)
        {
            _sessions.Add(session);
        }
    }

    public void Remove(CoinbaseSession session)
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
