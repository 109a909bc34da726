using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>Kraken's server side over simulated books: its sockets, their heartbeats and what they listen to.</summary>
internal sealed class KrakenSimulation : IVenueSimulation
{
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UnsubscribedMax = TimeSpan.FromMinutes(1);
    private static readonly byte[] Heartbeat = """{"channel":"heartbeat"}"""u8.ToArray();

    private readonly VenueMarket _market;
    private readonly Dictionary<string, KrakenPublisher> _publishers = [];
    private readonly HashSet<KrakenSession> _sessions = [];

    public KrakenSimulation(VenueMarket market)
    {
        _market = market;
        var writer = new FrameWriter();
        foreach (var book in market.Books)
        {
            var publisher = new KrakenPublisher(book, market.Clock, writer);
            market.Market.Observe(book, publisher);
            _publishers.Add(book.Listing.Symbol, publisher);
        }

        Pairs = [.. market.Books.Select(book => book.Listing).Select(listing => new KrakenPair(
            listing.Symbol,
            listing.Instrument.BaseAsset,
            listing.Instrument.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals))];
    }

    public IReadOnlyList<KrakenPair> Pairs { get; }

    public TimeProvider Clock => _market.Clock;

    public System.Threading.Lock Gate => _market.Gate;

    public void Map(VenueRoutes routes)
    {
        routes.Socket("/v2", new SocketRules(), (_, session) => new KrakenSession(this, session));
        new KrakenRest(_market, Pairs).Map(routes);
    }

    public void Tick()
    {
        foreach (var session in _sessions)
        {
            if (session.EverSubscribed)
            {
                if (Clock.GetElapsedTime(session.LastSent) >= IdleMax)
                {
                    session.Send(Heartbeat);
                }
            }
            else if (Clock.GetElapsedTime(session.LastSent) >= UnsubscribedMax)
            {
                session.Session.Close(WebSocketCloseStatus.NormalClosure, "no subscription");
            }
        }
    }

    /// <summary>Kraken has no notice of a coming disconnect.</summary>
    public bool Announce() => false;

    public bool Provoke(string fault, string? symbol)
    {
        var provoked = false;
        lock (Gate)
        {
            foreach (var (name, publisher) in _publishers)
            {
                provoked |= (symbol is null || name == symbol) && publisher.SendWhole();
            }
        }

        return provoked;
    }

    public KrakenPublisher? Find(string symbol) => _publishers.GetValueOrDefault(symbol);

    /// <summary>Call under the gate.</summary>
    public void Add(KrakenSession session) => _sessions.Add(session);

    public void Remove(KrakenSession session)
    {
        lock (Gate)
        {
            _sessions.Remove(session);
            foreach (var publisher in _publishers.Values)
            {
                publisher.Remove(session);
            }
        }
    }
}
