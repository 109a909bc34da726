using System;
using System.Collections.Generic;
using System.Net;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Venues.Binance;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Wire.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// The whole way over real loopback sockets, of production parts: venue connections with their reader threads, engine,
/// publisher, Kestrel, and a gRPC client. One caller at a time.
/// </summary>
internal sealed class WireRig : IDisposable
{
    private const int PatienceMillis = 15_000;
    private readonly WireVenue[] _venues;
    private readonly List<FeedReader> _readers = [];
    private readonly QuoterPipeline<MonotonicClock> _pipeline;
    private readonly WireEngine _engine;
    private readonly AgentThread _engineThread;
    private readonly QuotePublisher _publisher;
    private readonly AgentThread _publisherThread;
    private readonly WebApplication _app;
    private readonly WireClient _client;
    private Exception? _fatal;
    private long _nextNumber;

    /// <summary>Starts everything and waits until every book is live.</summary>
    public WireRig(WireOptions options)
    {
        var books = new BookDefinition[options.Venues];
        _venues = new WireVenue[books.Length];
        for (var book = 0; book < books.Length; book++)
        {
            _venues[book] = new WireVenue(DiffTape.Print(book, 512, numbered: true));
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
        _pipeline = new QuoterPipeline<MonotonicClock>(
            new BookTable(["BTC/USDT"], books),
            new PipelineOptions { Lanes = books.Length, EngineSleeps = sleeps, PublisherSleeps = sleeps },
            default);
        _engine = new WireEngine(_pipeline);
        _publisher = new QuotePublisher(_pipeline.Quotes, _pipeline.Table, _pipeline.PublisherSignal);
        _engineThread = new AgentThread(
            "engine", _engine, options.Wait, _pipeline.EngineSignal, options.Cores.Of("engine"), OnFatal);
        _publisherThread = new AgentThread(
            "publisher", _publisher, options.Wait, _pipeline.PublisherSignal, options.Cores.Of("publisher"), OnFatal);
        _app = StartServer(out var address);
        _publisherThread.Start();
        _engineThread.Start();
        for (var book = 0; book < books.Length; book++)
        {
            Connect(book, options.Receive);
        }

        WaitUntil(AllLive, "a book did not become live");
        _client = new WireClient(address, options.Venues);
    }

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
    public (WireWindow Window, Schedule Schedule) Run(WireStamps stamps, int count, double rate)
    {
        var window = new WireWindow { FirstNumber = _nextNumber, Count = count, Stamps = stamps };
        _nextNumber += count;
        _engine.Begin(window);
        _client.Begin(window);
        var sender = new WireSender(_venues, window, 1e9 / rate);
        sender.Start();
        while (!sender.Join(250))
        {
            ThrowIfBroken();
        }

        if (sender.Failure is { } failure)
        {
            throw new PerfException($"sending failed: {failure.Message}", 1);
        }

        WaitForClient(window);
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
        _app.StopAsync().GetAwaiter().GetResult();
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        Array.ForEach(_venues, static venue => venue.Dispose());
        _pipeline.Dispose();
    }

    private WebApplication StartServer(out Uri address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, static listener => listener.ServeGrpc());
        });
        var app = builder.Build();
        var services = new GrpcServices();
        new BookSummaryMethod(_publisher, _pipeline.Table.Instruments).AddTo(services);
        app.MapGrpc(services);
        app.StartAsync().GetAwaiter().GetResult();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        using var first = addresses.GetEnumerator();
        address = first.MoveNext()
            ? new Uri(first.Current)
            : throw new InvalidOperationException("Kestrel tells no address");
        return app;
    }

    private void Connect(int book, ReceiveMode receive)
    {
        var port = _venues[book].Port;
        var connection = new VenueConnection<BinanceDialect>(
            new ConnectionOptions
            {
                Socket = new Uri($"ws://127.0.0.1:{port}"),
                Rest = new Uri($"http://127.0.0.1:{port}"),
                Books = [new(DiffTape.Symbol, book)],
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

    private bool AllLive()
    {
        foreach (var status in _pipeline.Table.Statuses)
        {
            if (status.State != BookState.Live)
            {
                return false;
            }
        }

        return true;
    }

    private void WaitForClient(WireWindow window)
    {
        var seen = -1L;
        for (var quiet = 0; quiet < PatienceMillis && window.Seen < window.Count; quiet += 5)
        {
            ThrowIfBroken();
            if (window.Seen != seen)
            {
                seen = window.Seen;
                quiet = 0;
            }

            Thread.Sleep(5);
        }
    }

    private void WaitUntil(Func<bool> holds, string failure)
    {
        for (var waited = 0; !holds(); waited += 5)
        {
            ThrowIfBroken();
            if (waited >= PatienceMillis)
            {
                throw new PerfException($"{failure} within {PatienceMillis / 1_000} s; is the machine overloaded?", 1);
            }

            Thread.Sleep(5);
        }
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
