using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>Bybit's server side over simulated books: its sockets and who listens to which topic.</summary>
internal sealed class BybitSimulation : IVenueSimulation
{
    /// <summary>Topics that are acknowledged and have nothing to say here.</summary>
    private static readonly string[] SilentTopics = ["publicTrade.", "tickers.", "kline."];

    private readonly VenueMarket _market;
    private readonly Dictionary<string, BybitTopic> _topics = [];
    private readonly HashSet<BybitSession> _sessions = [];
    private readonly BybitRest _rest;

    public BybitSimulation(VenueMarket market)
    {
        _market = market;
        var writer = new FrameWriter();
        var books = new List<BybitBook>();
        foreach (var simulated in market.Books)
        {
            var book = new BybitBook(simulated, market.Options, writer);
            market.Market.Observe(simulated, book);
            books.Add(book);
            foreach (var topic in book.Topics)
            {
                _topics.Add(topic.Name, topic);
            }
        }

        _rest = new BybitRest(market, books);
    }

    public BybitSettings Settings => _market.Options.Bybit;

    public TimeProvider Clock => _market.Clock;

    public System.Threading.Lock Gate => _market.Gate;

    public void Map(VenueRoutes routes)
    {
        var rules = new SocketRules
        {
            Connections = new RequestBudget(Clock, TimeSpan.FromMinutes(5), Settings.ConnectionsPerFiveMinutes),
        };
        routes.Socket("/v5/public/spot", rules, (_, session) => new BybitSession(this, session));
        _rest.Map(routes);
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

    /// <summary>Bybit has no notice of a coming disconnect.</summary>
    public bool Announce() => false;

    public bool Provoke(string fault, string? symbol)
    {
        var provoked = false;
        lock (Gate)
        {
            foreach (var topic in _topics.Values)
            {
                provoked |= (symbol is null || topic.Symbol == symbol) && topic.SendWhole(fault == "service-restart");
            }
        }

        return provoked;
    }

    /// <summary>The topic of a book; null for any other.</summary>
    public BybitTopic? Find(string topic) => _topics.GetValueOrDefault(topic);

    /// <summary>True for a topic that can be subscribed to.</summary>
    public bool Knows(string topic) => _topics.ContainsKey(topic)
        || SilentTopics.Any(silent => topic.StartsWith(silent, StringComparison.Ordinal));

    public void Add(BybitSession session)
    {
        lock (Gate)
        {
            _sessions.Add(session);
        }
    }

    public void Remove(BybitSession session)
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
