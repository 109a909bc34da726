using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health;
using LowLatencyQuoter.Server.Metrics;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.Quotes;
using LowLatencyQuoter.Server.Reflection;
using LowLatencyQuoter.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Tests;

/// <summary>
/// The serving half of the process on loopback: a pipeline that the test drives, a publishing thread, and Kestrel with
/// a gRPC and an HTTP listener.
/// </summary>
internal sealed class QuoterHarness : IAgent, IAsyncDisposable
{
    private static readonly string[] Venues = ["binance", "bitstamp", "kraken"];
    private readonly AgentThread _publishing;
    private readonly WebApplication _app;
    private readonly int _grpcPort;
    private readonly int _httpPort;
    private Exception? _fatal;
    private long _allocatedBytes;

    private QuoterHarness(
        int levels, int quoteCapacity, int subscribersMax, GrpcServices extra, ReflectionService reflection)
    {
        var books = new List<BookDefinition>();
        for (var instrument = 0; instrument < 2; instrument++)
        {
            foreach (var venue in Venues)
            {
                books.Add(new BookDefinition
                {
                    Venue = venue,
                    Symbol = instrument == 0 ? "BTCUSDT" : "ETHUSDT",
                    Instrument = instrument,
                    ChainRule = ChainRule.None,
                    SnapshotSource = SnapshotSource.Socket,
                });
            }
        }

        Clock.Nanos = 1;
        var table = new BookTable(["BTC/USDT", "ETH/USDT"], books);
        Pipeline = new QuoterPipeline<ManualClock>(
            table, new PipelineOptions { Lanes = 1, Levels = levels, QuoteCapacity = quoteCapacity }, Clock);
        Market = new TestMarket(Pipeline, Clock);
        Publisher = new QuotePublisher(
            Pipeline.Quotes, table, Pipeline.PublisherSignal, subscribersMax, Fees, Clock);
        _publishing = new AgentThread(
            "grpc", this, WaitStrategyKind.Blocking, Pipeline.PublisherSignal, -1, e => _fatal = e);
        (_app, _grpcPort, _httpPort) = Build(table, extra, reflection);
    }

    public ManualClock Clock { get; } = new();

    public QuoterPipeline<ManualClock> Pipeline { get; }

    public TestMarket Market { get; }

    public QuotePublisher Publisher { get; }

    public FeeSchedule Fees { get; } = new(static venue => new VenueOptions
    {
        Name = venue,
        MakerFee = venue == "kraken" ? -0.0001m : 0.001m,
        TakerFee = venue == "kraken" ? 0.0026m : 0.001m,
    });

    public LogLines Log { get; } = new();

    public int GrpcPort => _grpcPort;

    public Uri GrpcAddress => new($"http://127.0.0.1:{_grpcPort}");

    public Uri HttpAddress => new($"http://127.0.0.1:{_httpPort}");

    public IHostApplicationLifetime Lifetime => _app.Lifetime;

    public static async Task<QuoterHarness> StartAsync(
        int levels = 10,
        int quoteCapacity = 1_024,
        int subscribersMax = 10_000,
        GrpcServices? extra = null,
        ReflectionService? reflection = null)
    {
        var harness = new QuoterHarness(
            levels,
            quoteCapacity,
            subscribersMax,
            extra ?? new GrpcServices(),
            reflection ?? ReflectionService.OfQuotes());
        harness._publishing.Start();
        await harness._app.StartAsync();
        return harness;
    }

    /// <summary>A client with connections of its own.</summary>
    public GrpcTestClient Client(Action<SocketsHttpHandler>? configure = null) => new(GrpcAddress, configure);

    /// <summary>Bytes the publishing thread had allocated at the end of its last duty cycle.</summary>
    public long PublisherAllocatedBytes => Volatile.Read(ref _allocatedBytes);

    public Task StopServingAsync() => _app.StopAsync();

    public void StopPublishing()
    {
        _publishing.Dispose();
        Publisher.Dispose();
    }

    /// <summary>The publishing thread's duty cycle.</summary>
    public int DoWork()
    {
        var work = Publisher.DoWork();
        Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
        return work;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        StopPublishing();
        Pipeline.Dispose();
        if (_fatal is { } fatal)
        {
            throw new InvalidOperationException("the publishing thread died", fatal);
        }
    }

    private (WebApplication App, int Grpc, int Http) Build(
        BookTable table, GrpcServices services, ReflectionService reflection)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddProvider(Log);
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        var (grpc, http) = (FreePort.Take(), FreePort.Take());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = 256;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(1);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(30);
            kestrel.Listen(IPAddress.Loopback, grpc, static listener => listener.ServeGrpc());
            kestrel.Listen(IPAddress.Loopback, http, static listener => listener.ServeHttp());
        });
        var app = builder.Build();
        var readiness = new Readiness(Pipeline.Quotes, table);
        new BookSummaryMethod(Publisher, Pipeline.Table.Instruments).AddTo(services);
        new QuoteService(Publisher, readiness, Fees).AddTo(services);
        new HealthService(readiness, BookSummaryMethod.Service, QuoteService.Service).AddTo(services);
        reflection.AddTo(services);
        app.MapGrpc(services);
        app.MapHttpEndpoints(
            readiness,
            [
                new BookMetrics(table, Clock.NowNanos),
                new HorizonMetrics(table),
                new QuoteMetrics(Pipeline.Quotes, table, Publisher.Counters),
                new EngineMetrics(() => Pipeline.EventCount, Pipeline.Notices),
                new ProcessMetrics(),
            ]);
        return (app, grpc, http);
    }
}
