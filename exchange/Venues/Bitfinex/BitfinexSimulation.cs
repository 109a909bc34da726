using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>Bitfinex's server side over simulated books: its sockets, their channels, its maintenance.</summary>
internal sealed class BitfinexSimulation : IVenueSimulation
{
    private static readonly int[] Lengths = [1, 25, 100, 250];

    private readonly VenueMarket _market;
    private readonly Dictionary<(string Symbol, int Length), BitfinexTopic> _topics = [];
    private readonly Dictionary<string, SimulatedBook> _books;
    private readonly HashSet<BitfinexSession> _sessions = [];
    private readonly BitfinexRest _rest;
    private readonly long _started;
    private bool _wasUnderMaintenance;

    public BitfinexSimulation(VenueMarket market)
    {
        _market = market;
        _started = market.Clock.GetTimestamp();
        _books = market.Books.ToDictionary(book => book.Listing.Symbol);
        foreach (var book in market.Books)
        {
            foreach (var length in Lengths)
            {
                var topic = new BitfinexTopic(book, length, this);
                _topics.Add((topic.Symbol, length), topic);
                market.Market.Observe(book, topic);
            }
        }

        _rest = new BitfinexRest(market, _books);
    }

    public BitfinexSettings Settings => _market.Options.Bitfinex;

    public TimeProvider Clock => _market.Clock;

    public System.Threading.Lock Gate => _market.Gate;

    /// <summary>True between the notices of a maintenance, in which nothing is served.</summary>
    public bool IsUnderMaintenance { get; private set; }

    public void Map(VenueRoutes routes)
    {
        var rules = new SocketRules
        {
            Connections = new RequestBudget(Clock, TimeSpan.FromMinutes(1), Settings.ConnectionsPerMinute),
        };
        routes.Socket("/ws/2", rules, (_, session) => new BitfinexSession(this, session));
        _rest.Map(routes);
    }

    public void Tick()
    {
        Maintain();
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

    /// <summary>Whether the symbol is listed.</summary>
    public bool Lists(string symbol) => _books.ContainsKey(symbol);

    /// <summary>The book of a symbol and a length; null when there is none.</summary>
    public BitfinexTopic? Find(string symbol, int length) => _topics.GetValueOrDefault((symbol, length));

    /// <summary>Call under the gate. A maintenance that is due begins now, so that the greeting states it.</summary>
    public void Add(BitfinexSession session)
    {
        Maintain();
        _sessions.Add(session);
    }

    public void Remove(BitfinexSession session)
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

    private void Maintain()
    {
        if (Settings.MaintenanceAfter == TimeSpan.Zero || _wasUnderMaintenance)
        {
            return;
        }

        var since = Clock.GetElapsedTime(_started) - Settings.MaintenanceAfter;
        if (since >= TimeSpan.Zero && !IsUnderMaintenance)
        {
            IsUnderMaintenance = true;
            Tell(20_060, "Entering in Maintenance mode. Please pause any activity");
        }
        else if (since >= Settings.MaintenanceFor)
        {
            IsUnderMaintenance = false;
            _wasUnderMaintenance = true;
            Tell(20_061, "Maintenance ended. You can resume normal activity");
        }
    }

    private void Tell(int code, string text)
    {
        foreach (var session in _sessions)
        {
            session.Session.Send(BitfinexReplies.Notice(code, text));
        }
    }
}
