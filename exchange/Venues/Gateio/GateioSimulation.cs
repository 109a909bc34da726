using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>Gate's server side over simulated books: who listens to which stream.</summary>
internal sealed class GateioSimulation : IVenueSimulation
{
    private readonly Dictionary<string, GateioChannel> _channels = [];
    private readonly HashSet<GateioSession> _sessions = [];
    private readonly GateioRest _rest;

    public GateioSimulation(VenueMarket market)
    {
        Market = market;
        var writer = new FrameWriter();
        var books = new List<GateioBook>();
        foreach (var simulated in market.Books)
        {
            var book = new GateioBook(simulated, market.Clock, writer);
            market.Market.Observe(simulated, book);
            books.Add(book);
            foreach (var channel in book.Channels)
            {
                _channels.Add(channel.Name, channel);
            }
        }

        _rest = new GateioRest(market, books);
    }

    public VenueMarket Market { get; }

    public void Map(VenueRoutes routes)
    {
        routes.Socket("/ws/v4", new SocketRules(), (_, session) => new GateioSession(this, session));
        _rest.Map(routes);
    }

    /// <summary>The venue cuts idle sockets without a word.</summary>
    public void Tick()
    {
        var limits = Market.Options.Gateio;
        foreach (var session in _sessions)
        {
            var silence = Market.Clock.GetElapsedTime(session.LastHeard);
            if (silence >= (session.EverSubscribed ? limits.SilenceMax : limits.UnsubscribedMax))
            {
                session.Session.Abort();
            }
        }
    }

    /// <summary>Gate has no notice of a coming disconnect.</summary>
    public bool Announce() => false;

    public bool Provoke(string fault, string? symbol)
    {
        var provoked = false;
        lock (Market.Gate)
        {
            foreach (var channel in _channels.Values.Where(channel => channel.HasListeners))
            {
                provoked |= (symbol is null || channel.Symbol == symbol) && channel.SendWhole();
            }
        }

        return provoked;
    }

    /// <summary>The channel of a name; null when its pair is not listed. Call under the gate.</summary>
    public GateioChannel? Find(string name) => _channels.GetValueOrDefault(name);

    /// <summary>Call under the gate.</summary>
    public void Add(GateioSession session) => _sessions.Add(session);

    public void Remove(GateioSession session)
    {
        lock (Market.Gate)
        {
            _sessions.Remove(session);
            foreach (var channel in _channels.Values.Where(channel => channel.HasListeners))
            {
                channel.Remove(session);
            }
        }
    }
}
