using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Server.Grpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LowLatencyQuoter.Perf;

/// <summary>Kestrel with the product's gRPC layer on a free port of loopback.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private const int StreamsMax = 256;
    private readonly WebApplication _app;

    /// <summary>Serves.</summary>
    /// <param name="services">What.</param>
    /// <param name="first">What each request passes before it is served; null: nothing.</param>
    public LoopbackServer(GrpcServices services, Action<IApplicationBuilder>? first = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        builder.Services.AddSingleton<IHostLifetime, CallerLifetime>();
        builder.Services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsMax;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, static listener => listener.ServeGrpc());
        });
        _app = builder.Build();
        first?.Invoke(_app);
        _app.MapGrpc(services);
        _app.StartAsync().GetAwaiter().GetResult();
        var server = _app.Services.GetRequiredService<IServer>();
        foreach (var address in server.Features.Get<IServerAddressesFeature>()!.Addresses)
        {
            Port = new Uri(address).Port;
        }
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _app.StopAsync().GetAwaiter().GetResult();
        _app.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <summary>Starts and stops when told to, and leaves signals alone.</summary>
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
