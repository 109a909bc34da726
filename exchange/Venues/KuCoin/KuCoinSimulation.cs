using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>KuCoin's server side over simulated books: who listens to which topic.</summary>
internal sealed class KuCoinSimulation : IVenueSimulation
{
    private readonly Dictionary<string, KuCoinTopic> _topics = [];
    private readonly HashSet<KuCoinSession> _sessions = [];
    private readonly KuCoinRest _rest;

    public KuCoinSimulation(VenueMarket market)
    {
        Market = market;
        Tokens = new KuCoinTokens(market.Options.KuCoin, market.Clock);
        var writer = new FrameWriter();
        var publishers = new List<KuCoinPublisher>();
        foreach (var book in market.Books)
        {
            var publisher = new KuCoinPublisher(book, market.Clock, writer, market.Options.Seed);
            market.Market.Observe(book, publisher);
            publishers.Add(publisher);
            _topics.Add(publisher.Level2.Name, publisher.Level2);
            _topics.Add(publisher.Ticker.Name, publisher.Ticker);
        }

        _rest = new KuCoinRest(market, publishers, Tokens);
    }

    public VenueMarket Market { get; }

    public KuCoinTokens Tokens { get; }

    public void Map(VenueRoutes routes)
    {
        routes.Socket("/", new SocketRules(), (context, session) => new KuCoinSession(
            this,
            session,
            context.Request.Query["token"].ToString(),
            context.Request.Query["connectId"].ToString()));
        _rest.Map(routes);
    }

    public void Tick()
    {
        foreach (var session in _sessions)
        {
            if (Market.Clock.GetElapsedTime(session.LastHeard) >= Market.Options.KuCoin.SilenceMax)
            {
                session.Session.Close(WebSocketCloseStatus.NormalClosure, "no ping");
            }
        }
    }

    /// <summary>KuCoin has no notice of a coming disconnect.</summary>
    public bool Announce() => false;

    public bool Provoke(string fault, string? symbol)
    {
        Tokens.Expire();
        return true;
    }

    /// <summary>The topic of a name; null for one that is taken and never served. Call under the gate.</summary>
    public KuCoinTopic? Find(string name) => _topics.GetValueOrDefault(name);

    /// <summary>Call under the gate.</summary>
    public void Add(KuCoinSession session) => _sessions.Add(session);

    public void Remove(KuCoinSession session)
    {
        lock (Market.Gate)
        {
            _sessions.Remove(session);
            foreach (var topic in _topics.Values.Where(topic => topic.HasListeners))
            {
                topic.Remove(session);
            }
        }
    }
}
