using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>Crypto.com's server side over simulated books: its sockets and what they listen to.</summary>
internal sealed class CryptocomSimulation : IVenueSimulation
{
    private readonly VenueMarket _market;
    private readonly Dictionary<string, SimulatedBook> _books;
    private readonly Dictionary<(string Symbol, int Depth, bool IsWhole, TimeSpan Period), CryptocomTopic> _topics = [];
    private readonly HashSet<CryptocomSession> _sessions = [];
    private readonly FrameWriter _writer = new();

    public CryptocomSimulation(VenueMarket market)
    {
        _market = market;
        _books = market.Books.ToDictionary(book => book.Listing.Symbol);
    }

    public CryptocomSettings Settings => _market.Options.Cryptocom;

    public TimeProvider Clock => _market.Clock;

    public System.Threading.Lock Gate => _market.Gate;

    public void Map(VenueRoutes routes)
    {
        var rules = new SocketRules { PingInterval = TimeSpan.FromSeconds(5) };
        routes.Socket("/exchange/v1/market", rules, (_, session) => new CryptocomSession(this, session));
        new CryptocomRest(_market, _books).Map(routes);
    }

    public void Tick()
    {
        foreach (var topic in _topics.Values)
        {
            topic.Tick();
        }

        foreach (var session in _sessions)
        {
            session.Tick();
        }
    }

    /// <summary>Crypto.com has no notice of a coming disconnect.</summary>
    public bool Announce() => false;

    public bool Provoke(string fault, string? symbol)
    {
        var provoked = false;
        lock (Gate)
        {
            foreach (var topic in _topics.Values)
            {
                provoked |= (symbol is null || topic.Symbol == symbol) && topic.SendSignOfLife();
            }
        }

        return provoked;
    }

    /// <summary>Whether the instrument is listed.</summary>
    public bool Lists(string symbol) => _books.ContainsKey(symbol);

    /// <summary>
    /// The topic of a listed instrument; null when the venue does not offer that choice with the depth.
    /// </summary>
    public CryptocomTopic? Find(string symbol, int depth, CryptocomChoice choice)
    {
        if (choice.PeriodOf(depth) is not { } period)
        {
            return null;
        }

        var key = (symbol, depth, choice.IsWhole, period);
        if (!_topics.TryGetValue(key, out var topic))
        {
            topic = new CryptocomTopic(_books[symbol], depth, choice, period, _market, _writer);
            _topics.Add(key, topic);
            _market.Market.Observe(_books[symbol], topic);
        }

        return topic;
    }

    public void Add(CryptocomSession session)
    {
        lock (Gate)
        {
            _sessions.Add(session);
        }
    }

    public void Remove(CryptocomSession session)
    {
        lock (Gate)
        {
            _sessions.Remove(session);
            foreach (var topic in _topics.Values)
            {
                topic.Remove(session);
            }
        }
    }
}
