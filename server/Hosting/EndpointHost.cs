using System;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health;
using LowLatencyQuoter.Server.Metrics;
using LowLatencyQuoter.Server.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>Kestrel with the two listeners: gRPC over HTTP/2, health and metrics over HTTP/1.1.</summary>
internal sealed class EndpointHost : IAsyncDisposable
{
    /// <summary>Streams of one connection; the next one waits on the client's side.</summary>
    private const int StreamsPerConnectionMax = 256;

    /// <summary>A request is a few bytes; nothing here takes a large one.</summary>
    private const int RequestBytesMax = 64 * 1024;

    private readonly WebApplication _app;

    private EndpointHost(WebApplication app) => _app = app;

    /// <summary>Where gRPC is served.</summary>
    public string Grpc => Endpoint(0);

    /// <summary>Where HTTP is served.</summary>
    public string Http => Endpoint(1);

    public static async Task<EndpointHost> StartAsync(
        QuoterOptions options, EndpointParts parts, ILoggerFactory logs)
    {
        var app = Build(options, logs);
        Map(app, parts);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
            return new EndpointHost(app);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            var isHttp = e.Message.Contains($":{options.HttpPort}:", StringComparison.Ordinal)
                || e.Message.Contains($":{options.HttpPort} ", StringComparison.Ordinal);
            throw isHttp
                ? new EndpointTakenException(options.HttpPort, "--http-port", e)
                : new EndpointTakenException(options.Port, "--port", e);
        }
    }

    /// <summary>Tells clients that this ends, waits for their streams for a moment, stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static WebApplication Build(QuoterOptions options, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBytesMax;
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);

            // A subscriber that pauses is conflated, not cut: what it costs is bounded by its window.
            kestrel.Limits.MinResponseDataRate = null;
            var address = IPAddress.Parse(options.Host);
            kestrel.Listen(address, options.Port, static listener => listener.ServeGrpc());
            kestrel.Listen(address, options.HttpPort, static listener => listener.ServeHttp());
        });
        return builder.Build();
    }

    private static void Map(WebApplication app, EndpointParts parts)
    {
        var (pipeline, publisher, connections, readers, journal, recording, threads, tuning) = parts;
        var readiness = new Readiness(pipeline.Quotes, pipeline.Table) { Venues = connections };
        var services = new GrpcServices();
        new BookSummaryMethod(publisher, pipeline.Table.Instruments).AddTo(services);
        new HealthService(readiness, BookSummaryMethod.Service).AddTo(services);
        app.MapGrpc(services);
        app.MapHttpEndpoints(
            readiness,
            [
                new BookMetrics(pipeline.Table, MonotonicClock.Nanos),
                new HorizonMetrics(pipeline.Table),
                new QuoteMetrics(pipeline.Quotes, pipeline.Table, publisher.Counters),
                new EngineMetrics(() => pipeline.EventCount, pipeline.Notices),
                new ConnectionMetrics(connections, readers),
                new ClockMetrics(connections),
                new JournalMetrics(journal),
                new RecordingMetrics(recording),
                new ThreadMetrics(threads),
                new ProcessMetrics(),
                tuning,
            ]);
    }

    private string Endpoint(int listener)
    {
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var index = 0;
        foreach (var address in addresses)
        {
            if (index++ == listener)
            {
                return new Uri(address).Authority;
            }
        }

        throw new InvalidOperationException($"Kestrel tells {addresses.Count} addresses, two listeners were asked for");
    }

    /// <summary>Signals are the program's to handle: this host starts and stops when it is told to.</summary>
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(System.Threading.CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(System.Threading.CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
