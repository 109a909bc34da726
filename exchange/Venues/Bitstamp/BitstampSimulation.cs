using System.Collections.Generic;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Bitstamp;

/// <summary>Bitstamp's server side over simulated books: who listens to which channel.</summary>
internal sealed class BitstampSimulation : IVenueSimulation
{
    private static readonly byte[] ReconnectNotice =
        Encoding.UTF8.GetBytes("""{"event":"bts:request_reconnect","channel":"","data":""}""");

    private readonly VenueMarket _market;
    private readonly Dictionary<string, BitstampChannel> _channels = [];
    private readonly HashSet<BitstampSession> _sessions = [];
    private readonly BitstampRest _rest;

    public BitstampSimulation(VenueMarket market)
    {
        _market = market;
        var clock = new BitstampClock(market.Clock);
        var writer = new FrameWriter();
        var publishers = new List<BitstampPublisher>();
        foreach (var book in market.Books)
        {
            var publisher = new BitstampPublisher(book, clock, writer, market.Options.Seed);
            market.Market.Observe(book, publisher);
            publishers.Add(publisher);
            _channels.Add(publisher.Diffs.Name, publisher.Diffs);
            _channels.Add(publisher.Whole.Name, publisher.Whole);
        }

        _rest = new BitstampRest(market, publishers);
    }

    public void Map(VenueRoutes routes)
    {
        routes.Socket("/", BitstampSession.Rules, (_, session) => new BitstampSession(this, session));
        _rest.Map(routes);
    }

    public void Tick()
    {
        // Bitstamp sends nothing of its own when idle: pings are the socket's.
    }

    public bool Announce()
    {
        lock (_market.Gate)
        {
            foreach (var session in _sessions)
            {
                session.Session.Send(ReconnectNotice);
            }
        }

        return true;
    }

    public void Add(BitstampSession session)
    {
        lock (_market.Gate)
        {
            _sessions.Add(session);
        }
    }

    public void Remove(BitstampSession session)
    {
        lock (_market.Gate)
        {
            _sessions.Remove(session);
            foreach (var channel in _channels.Values.Where(channel => channel.HasListeners))
            {
                channel.Remove(session);
            }
        }
    }

    /// <summary>
    /// Acknowledges and subscribes at one moment, so that no data comes first; a market nobody lists is acknowledged
    /// and stays silent, as the venue does it.
    /// </summary>
    public void Subscribe(BitstampSession session, string channel, byte[] acknowledgement)
    {
        lock (_market.Gate)
        {
            session.Session.Send(acknowledgement);
            if (_channels.TryGetValue(channel, out var found))
            {
                found.Add(session);
            }
        }
    }

    public void Unsubscribe(BitstampSession session, string channel, byte[] acknowledgement)
    {
        lock (_market.Gate)
        {
            if (_channels.TryGetValue(channel, out var found))
            {
                found.Remove(session);
            }

            session.Session.Send(acknowledgement);
        }
    }
}
