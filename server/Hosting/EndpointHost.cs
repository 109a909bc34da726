using System;
using System.IO;
using System.Net;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Server.Access;
using LowLatencyQuoter.Server.Admin;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health;
using LowLatencyQuoter.Server.Metrics;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.Quotes;
using LowLatencyQuoter.Server.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>
/// Kestrel with its listeners: gRPC over HTTP/2, health and metrics over HTTP/1.1, and the admin service where a token
/// is configured.
/// </summary>
internal sealed class EndpointHost : IAsyncDisposable
{
    /// <summary>Streams of one connection; the next one waits on the client's side.</summary>
    private const int StreamsPerConnectionMax = 256;

    /// <summary>A request is a few bytes; nothing here takes a large one.</summary>
    private const int RequestBytesMax = 64 * 1024;

    private readonly WebApplication _app;

    private readonly AdminGate? _gate;

    private EndpointHost(WebApplication app, AdminGate? gate)
    {
        _app = app;
        _gate = gate;
    }

    /// <summary>Where gRPC is served.</summary>
    public string Grpc => Endpoint(0);

    /// <summary>Where HTTP is served.</summary>
    public string Http => Endpoint(1);

    /// <summary>Where the admin service is served; null when it is off.</summary>
    public string? Admin => _gate is null ? null : Endpoint(2);

    public static async Task<EndpointHost> StartAsync(
        QuoterOptions options, EndpointParts parts, ILoggerFactory logs)
    {
        var app = Build(options, parts.Access, logs);
        var gate = options.AdminToken is { } token ? new AdminGate(token, logs.CreateLogger("Admin")) : null;
        var access = options.Access;
        var clients = new ClientGate(
            parts.Access,
            new ClientLimits(access.StreamsMax, access.SymbolsMax, access.CallsPerSecond),
            MonotonicClock.Nanos,
            logs.CreateLogger("Access"));
        Map(app, parts, gate, clients);
        try
        {
            await app.StartAsync().ConfigureAwait(false);
            return new EndpointHost(app, gate);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw Names(e, options.HttpPort) ? new EndpointTakenException(options.HttpPort, "--http-port", e)
                : gate is not null && Names(e, options.AdminPort)
                    ? new EndpointTakenException(options.AdminPort, "--admin-port", e)
                : new EndpointTakenException(options.Port, "--port", e);
        }
    }

    /// <summary>Tells clients that this ends, waits for their streams for a moment, stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _gate?.Dispose();
    }

    private static bool Names(IOException e, int port) =>
        e.Message.Contains($":{port}:", StringComparison.Ordinal)
        || e.Message.Contains($":{port} ", StringComparison.Ordinal);

    private static WebApplication Build(QuoterOptions options, AccessFiles access, ILoggerFactory logs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBytesMax;
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(10);
            kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(5);

            // A subscriber that pauses is conflated, not cut: what it costs is bounded by its window.
            kestrel.Limits.MinResponseDataRate = null;
            var address = IPAddress.Parse(options.Host);
            kestrel.Listen(address, options.Port, listener => listener.Secure(access, isGrpc: true).ServeGrpc());
            kestrel.Listen(address, options.HttpPort, listener => listener.Secure(access, isGrpc: false).ServeHttp());
            if (options.AdminToken is not null)
            {
                kestrel.Listen(
                    address, options.AdminPort, listener => listener.Secure(access, isGrpc: true).ServeAdmin());
            }
        });
        return builder.Build();
    }

    private static void Map(WebApplication app, EndpointParts parts, AdminGate? gate, ClientGate clients)
    {
        var (pipeline, publisher, fees, roster, reload, journal, recording, threads, access, tuning) = parts;
        var readiness = new Readiness(pipeline.Quotes, pipeline.Table, roster.Directory)
        {
            Venues = () => roster.Connections,
        };
        var services = new GrpcServices();
        new BookSummaryMethod(publisher, roster.Directory).AddTo(services);
        new QuoteService(publisher, readiness, fees).AddTo(services);
        new HealthService(readiness, BookSummaryMethod.Service, QuoteService.Service).AddTo(services);
        ReflectionService.OfQuotes().AddTo(services);
        app.MapGrpc(services, ListenerRole.Grpc, clients);
        if (gate is not null)
        {
            var admin = new GrpcServices();
            new AdminService(roster, reload, gate).AddTo(admin);
            app.MapGrpc(admin, ListenerRole.Admin);
        }

        app.MapHttpEndpoints(
            readiness,
            [
                new BookMetrics(pipeline.Table, MonotonicClock.Nanos),
                new HorizonMetrics(pipeline.Table),
                new QuoteMetrics(pipeline.Quotes, pipeline.Table, publisher.Counters, roster.Directory),
                new EngineMetrics(() => pipeline.EventCount, pipeline.Notices),
                new ConnectionMetrics(() => roster.Connections, () => roster.Readers),
                new ClockMetrics(() => roster.Connections),
                new AdminMetrics(() => gate?.Refused ?? 0),
                new AccessMetrics(clients, access),
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
