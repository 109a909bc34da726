using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues.Binance;
using LowLatencyQuoter.Perf.Latency.Marks;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.WarmUp;
using LowLatencyQuoter.Wire.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// The whole way over real loopback sockets, of production parts: venue connections with their reader threads, engine,
/// publisher, Kestrel, and a gRPC client. One caller at a time.
/// </summary>
internal sealed class WireRig : IDisposable
{
    /// <summary>Levels of a diff, both sides together.</summary>
    public const int DiffLevels = 20;

    private const int TapeLength = 512;
    private const int PatienceMillis = 15_000;
    private const long NumbersMax = 99_000_000;   // eight decimals of an amount
    private readonly WireVenue[] _venues;
    private readonly List<FeedReader> _readers = [];
    private readonly MarkedPipeline _pipeline;
    private readonly WireEngine _engine;
    private readonly AgentThread _engineThread;
    private readonly QuotePublisher _publisher;
    private readonly AgentThread _publisherThread;
    private readonly X509Certificate2? _certificate;
    private readonly LoopbackServer _server;
    private readonly WireClient _client;
    private Exception? _fatal;
    private long _nextNumber;

    /// <summary>Starts everything and waits until every book is live.</summary>
    public WireRig(WireOptions options)
    {
        _certificate = options.IsSecure ? LoopbackCertificate.Make() : null;
        var books = new BookDefinition[options.Venues];
        _venues = new WireVenue[books.Length];
        for (var book = 0; book < books.Length; book++)
        {
            _venues[book] = new WireVenue(DiffTape.Print(book, TapeLength, DiffLevels, numbered: true), _certificate);
            books[book] = new BookDefinition
            {
                Venue = $"venue{book}",
                Symbol = DiffTape.Symbol,
                Instrument = 0,
                Connection = book,
                ChainRule = ChainRule.Contiguous,
                SnapshotSource = SnapshotSource.Rest,
            };
        }

        var sleeps = options.Wait == WaitStrategyKind.Blocking;
        _pipeline = new MarkedPipeline(
            new BookTable(["BTC/USDT"], books),
            new PipelineOptions { Lanes = books.Length, EngineSleeps = sleeps, PublisherSleeps = sleeps });
        _engine = new WireEngine(_pipeline);
        _publisher = new QuotePublisher(_pipeline.Quotes, _pipeline.Table, _pipeline.PublisherSignal);
        _engineThread = new AgentThread(
            "engine", _engine, options.Wait, _pipeline.EngineSignal, options.Cores.Of("engine"), OnFatal);
        var frames = new FrameStamps();
        _publisherThread = new AgentThread(
            "publisher",
            new WirePublisher(_publisher, frames),
            options.Wait,
            _pipeline.PublisherSignal,
            options.Cores.Of("publisher"),
            OnFatal);
        _server = Serve(frames);
        _publisherThread.Start();
        _engineThread.Start();
        for (var book = 0; book < books.Length; book++)
        {
            Connect(book, options.Receive);
        }

        Waiting.Until(
            () => Waiting.AllLive(_pipeline.Table), PatienceMillis, ThrowIfBroken, "a book did not become live");
        _client = new WireClient(new Uri($"http://127.0.0.1:{_server.Port}"), options.Venues, frames);
    }

    /// <summary>Bytes of each message, without its websocket header.</summary>
    public static int FrameBytes { get; } = DiffTape.Print(0, 2, DiffLevels, numbered: true).FrameLength;

    /// <summary>Managed bytes that the hot threads have allocated so far, as they last told.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> AllocatedBytes
    {
        get
        {
            var readers = 0L;
            foreach (var reader in _readers)
            {
                readers += reader.AllocatedBytes;
            }

            return
            [
                new("readers", readers),
                new("engine", _engineThread.AllocatedBytes),
                new("publisher", _publisherThread.AllocatedBytes),
            ];
        }
    }

    /// <summary>Sends so many messages and waits until the client has them, or nothing more comes.</summary>
    /// <param name="stamps">Room for as many as are to be sent.</param>
    /// <param name="rate">Messages a second.</param>
    /// <param name="look">Called about four times a second meanwhile; null: nobody looks.</param>
    public (WireWindow Window, Schedule Schedule) Run(
        WireStamps stamps, double rate, Action<WireWindow>? look = null)
    {
        var count = stamps.Capacity;
        if (_nextNumber + count > NumbersMax)
        {
            throw new PerfException(
                $"more than the {NumbersMax:#,0} messages that can be told apart: take less time or lower rates", 1);
        }

        var window = new WireWindow { FirstNumber = _nextNumber, Count = count, Stamps = stamps };
        _nextNumber += count;
        _engine.Begin(window);
        _client.Begin(window);
        var sender = new WireSender(_venues, window, 1e9 / rate);
        sender.Start();
        while (!sender.Join(250))
        {
            ThrowIfBroken();
            look?.Invoke(window);
        }

        if (sender.Failure is { } failure)
        {
            throw new PerfException($"sending failed: {failure.Message}", 1);
        }

        Waiting.WhileComing(() => window.Seen, window.Count, PatienceMillis, ThrowIfBroken);
        return (window, sender.Schedule);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        foreach (var reader in _readers)
        {
            reader.Dispose();
        }

        _engineThread.Dispose();
        _publisherThread.Dispose();
        _publisher.Dispose();
        _server.Dispose();
        Array.ForEach(_venues, static venue => venue.Dispose());
        _certificate?.Dispose();
        _pipeline.Dispose();
    }

    private LoopbackServer Serve(FrameStamps frames)
    {
        var services = new GrpcServices();
        new BookSummaryMethod(_publisher, _pipeline.Table.Instruments).AddTo(services);
        return new LoopbackServer(services, app => app.Use((context, next) =>
        {
            var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
            context.Features.Set<IHttpResponseBodyFeature>(new StampedBody(body, frames));
            return next(context);
        }));
    }

    private void Connect(int book, ReceiveMode receive)
    {
        var connection = new VenueConnection<BinanceDialect>(
            new ConnectionOptions
            {
                Socket = _venues[book].Socket,
                Rest = _venues[book].Rest,
                Books = [new(DiffTape.Symbol, book)],
                TrustedRoots = _certificate is null ? null : [_certificate],
                PingAfter = TimeSpan.FromHours(1),   // between windows the venue is silent, and that is all right
            },
            _pipeline.Lanes[book],
            _pipeline.Table.Statuses,
            NullLogger.Instance,
            OnFatal);
        var reader = new FeedReader([connection], receive, -1, NullLogger.Instance, OnFatal);
        _readers.Add(reader);
        reader.Start();
    }

    private void OnFatal(Exception failure) => _fatal = failure;

    private void ThrowIfBroken()
    {
        if ((_fatal ?? _client?.Failure) is { } failure)
        {
            throw new PerfException($"a thread of the path ended: {failure.GetType().Name}: {failure.Message}", 1);
        }
    }
}
