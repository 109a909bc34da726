using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Exchange.Sessions;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>Binance's server side over simulated books: who listens to which stream.</summary>
internal sealed class BinanceSimulation : IVenueSimulation
{
    private const string ApiKeyHeader = "X-MBX-APIKEY";

    private readonly VenueMarket _market;
    private readonly Dictionary<string, BinanceStream> _streams = [];
    private readonly Dictionary<string, BinanceStream> _binaryStreams = [];   // some have the names of others
    private readonly HashSet<BinanceSession> _sessions = [];
    private readonly BinanceRest _rest;

    public BinanceSimulation(VenueMarket market)
    {
        _market = market;
        var writer = new FrameWriter();
        var publishers = new List<BinancePublisher>();
        foreach (var book in market.Books)
        {
            var publisher = new BinancePublisher(book, market.Clock, writer);
            market.Market.Observe(book, publisher);
            publishers.Add(publisher);
            foreach (var stream in publisher.Streams)
            {
                _streams.Add(stream.Name, stream);
            }

            foreach (var stream in publisher.BinaryStreams)
            {
                _binaryStreams.Add(stream.Name, stream);
            }
        }

        _rest = new BinanceRest(market, publishers);
    }

    public VenueMarket Market => _market;

    public void Map(VenueRoutes routes)
    {
        var limits = _market.Options.Binance;
        var rules = new SocketRules { PingInterval = limits.PingInterval, PingTimeout = limits.PingTimeout };
        foreach (var path in BinanceAddress.SocketPaths)
        {
            routes.Socket(path, rules, (context, session) =>
                new BinanceSession(this, session, BinanceAddress.Parse(context.Request, binary: false)));
        }

        var binaryRules = rules with { RequiredHeader = ApiKeyHeader, HasBinaryFrames = true };
        foreach (var path in BinanceAddress.BinarySocketPaths)
        {
            routes.Socket(path, binaryRules, (context, session) =>
                new BinanceSession(this, session, BinanceAddress.Parse(context.Request, binary: true)));
        }

        _rest.Map(routes);
    }

    public void Tick()
    {
        // Binance sends nothing of its own when idle: pings are the socket's.
    }

    public bool Announce()
    {
        var now = _market.Clock.GetUtcNow().ToUnixTimeMilliseconds();
        lock (_market.Gate)
        {
            foreach (var session in _sessions)
            {
                session.SendShutdownNotice(now);
            }
        }

        return true;
    }

    /// <summary>The stream of a name; null for a wrong one, which the venue accepts and never serves.</summary>
    public BinanceStream? Find(string name, bool binary) =>
        (binary ? _binaryStreams : _streams).GetValueOrDefault(name);

    /// <summary>Call under the gate.</summary>
    public void Add(BinanceSession session) => _sessions.Add(session);

    /// <summary>Forgets a session and its streams.</summary>
    public void Remove(BinanceSession session)
    {
        lock (_market.Gate)
        {
            _sessions.Remove(session);
            foreach (var stream in _streams.Values.Concat(_binaryStreams.Values).Where(stream => stream.HasListeners))
            {
                stream.Remove(session);
            }
        }
    }
}
