using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>Coinbase Advanced Trade's server side over simulated books: its sockets and who listens to what.</summary>
internal sealed class CoinbaseAdvancedSimulation : IVenueSimulation
{
    private readonly VenueMarket _market;
    private readonly Dictionary<string, CoinbaseAdvancedBook> _books = [];
    private readonly HashSet<CoinbaseAdvancedSession> _sessions = [];
    private readonly CoinbaseAdvancedRest _rest;
    private int _opened;

    public CoinbaseAdvancedSimulation(VenueMarket market)
    {
        _market = market;
        var writer = new FrameWriter();
        foreach (var simulated in market.Books)
        {
            var book = new CoinbaseAdvancedBook(simulated, market.Clock, writer);
            market.Market.Observe(simulated, book);
            _books.Add(book.Product, book);
        }

        _rest = new CoinbaseAdvancedRest(market, _books);
    }

    public CoinbaseAdvancedSettings Settings => _market.Options.CoinbaseAdvanced;

    public TimeProvider Clock => _market.Clock;

    public System.Threading.Lock Gate => _market.Gate;

    public void Map(VenueRoutes routes)
    {
        var rules = new SocketRules
        {
            Connections = new RequestBudget(Clock, TimeSpan.FromSeconds(1), Settings.ConnectionsPerSecond),
        };
        routes.Socket("/", rules, (_, session) => new CoinbaseAdvancedSession(this, session, LostOfNext()));
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

    /// <summary>The book of a product; null when it is not listed.</summary>
    public CoinbaseAdvancedBook? Find(string product) => _books.GetValueOrDefault(product);

    public void Add(CoinbaseAdvancedSession session)
    {
        lock (Gate)
        {
            _sessions.Add(session);
        }
    }

    public void Remove(CoinbaseAdvancedSession session)
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

    private int LostOfNext() =>
        System.Threading.Interlocked.Increment(ref _opened) == 1 ? Settings.LosesMessage : 0;
}
