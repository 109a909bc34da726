using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Exchange.History;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Exchange;

/// <summary>
/// A running exchange: one listener that speaks the server side of several venues, each below a path prefix equal to
/// its name, over a simulated market or a recording. Several can run in one process. Thread safe.
/// </summary>
public sealed class ExchangeHost : IAsyncDisposable
{
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ListenerPatience = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly SessionRegistry _sessions;
    private readonly ExchangeVenues _venues;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lazy<Task> _stopped;

    private ExchangeHost(WebApplication app, SessionRegistry sessions, ExchangeVenues venues, ILogger logger)
    {
        _app = app;
        _sessions = sessions;
        _venues = venues;
        _logger = logger;
        _stopped = new Lazy<Task>(StopCoreAsync);
    }

    /// <summary>Where it listens, for instance <c>http://127.0.0.1:8765/</c>; https with a certificate.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>The port it listens on.</summary>
    public int Port => BaseAddress.Port;

    /// <summary>Names of the venues it serves.</summary>
    public IReadOnlyList<string> Venues => _venues.Names;

    /// <summary>Faults of the simulated venues, to be switched while the host runs.</summary>
    public required FaultPlan Faults { get; init; }

    /// <summary>
    /// What is kept of the simulated books; none unless <see cref="ExchangeOptions.HistoryStates"/> says so.
    /// </summary>
    public IReadOnlyList<BookHistory> Histories => _venues.Histories;

    /// <summary>Sessions cut off because their client read too slowly.</summary>
    public long SlowSessionsCut => _sessions.SlowSessionsCut;

    /// <summary>Sessions open now.</summary>
    public int OpenSessions => _sessions.Count;

    /// <summary>Ends with the market: without a fault after a stop, otherwise with what broke it.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Starts an exchange; when this returns, clients can connect.</summary>
    /// <exception cref="ExchangeConfigurationException">The options ask for what cannot be served.</exception>
    /// <exception cref="PortTakenException">Another program listens on the port.</exception>
    public static async Task<ExchangeHost> StartAsync(ExchangeOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var address = await ListenAddress.ResolveAsync(options.Hostname, cancellation);
        var app = Build(options, address);
        try
        {
            var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Exchange");
            var sessions = new SessionRegistry(
                logger, options.SessionQueueFrames, options.SessionQueueBytes, options.SessionLife, options.Clock);
            var venues = ExchangeVenues.Open(options, logger);
            var faults = new FaultPlan(venues, sessions, options);
            app.UseWebSockets();
            app.Use(new RestFaults(faults).InvokeAsync);
            app.UseRouting();
            venues.Map(app, sessions, faults);
            new FaultControl(faults).Map(app);
            var host = new ExchangeHost(app, sessions, venues, logger) { Faults = faults };
            foreach (var (venue, fault) in options.Faults)
            {
                faults.Arm(venue, fault);
            }

            await host.ListenAsync(options, cancellation);
            return host;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a venue's websockets start, for instance <c>ws://127.0.0.1:8765/kraken</c>.</summary>
    /// <exception cref="ArgumentException">The venue is not served.</exception>
    public Uri WebSocketAddress(string venue) =>
        new(Address(venue).AbsoluteUri.Replace("http", "ws", StringComparison.Ordinal));

    /// <summary>
    /// Where Binance's binary streams start, for instance <c>ws://127.0.0.1:8765/binance/sbe</c>; in reality they have
    /// a host of their own.
    /// </summary>
    /// <exception cref="ArgumentException">The venue is not served.</exception>
    public Uri SbeAddress(string venue) => new($"{WebSocketAddress(venue).AbsoluteUri}/sbe");

    /// <summary>Where a venue's REST paths start, for instance <c>http://127.0.0.1:8765/kraken</c>.</summary>
    /// <exception cref="ArgumentException">The venue is not served.</exception>
    public Uri RestAddress(string venue) => Address(venue);

    /// <summary>
    /// Sends every session of a simulated venue the venue's notice that its connection ends soon; false for a venue
    /// that has no such notice.
    /// </summary>
    /// <exception cref="ArgumentException">The venue is not served.</exception>
    public bool AnnounceDisconnect(string venue) => _venues.Announce(Served(venue));

    /// <summary>Cuts a session of a venue without a word, as a broken line does; false when it has none.</summary>
    /// <param name="venue">The venue.</param>
    /// <param name="newest">True for the session that was opened last, false for the one opened first.</param>
    /// <exception cref="ArgumentException">The venue is not served.</exception>
    public bool CutSession(string venue, bool newest) => _sessions.Cut(Served(venue), newest);

    /// <summary>Sessions of a venue that are open now.</summary>
    /// <exception cref="ArgumentException">The venue is not served.</exception>
    public int SessionsOf(string venue) => _sessions.CountOf(Served(venue));

    /// <summary>
    /// From now on no simulated book changes any more; what has happened is still published, and sessions go on.
    /// </summary>
    public void StandStill() => _venues.StandStill();

    /// <summary>Closes every socket with 1001 and stops listening, within about 4 s. May be called again.</summary>
    public Task StopAsync() => _stopped.Value;

    /// <summary>As <see cref="StopAsync"/>.</summary>
    public async ValueTask DisposeAsync() => await StopAsync();

    private static WebApplication Build(ExchangeOptions options, IPEndPoint address)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EmbeddedLifetime>();
        if (options.LogSink is { } sink)
        {
            builder.Logging.AddProvider(sink);
            builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
            // What keeps the host from starting is thrown to whoever starts it, who words it better.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        }

        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            void Configure(ListenOptions listen)
            {
                listen.Protocols = HttpProtocols.Http1;
                if (options.Certificate is { } certificate)
                {
                    listen.UseHttps(certificate);
                }
            }

            // The name localhost means both loopback addresses, which only works with a port of one's own choice.
            if (options.Hostname == "localhost" && options.Port != 0)
            {
                kestrel.ListenLocalhost(options.Port, Configure);
            }
            else
            {
                kestrel.Listen(address.Address, options.Port, Configure);
            }
        });
        return builder.Build();
    }

    private async Task ListenAsync(ExchangeOptions options, CancellationToken cancellation)
    {
        try
        {
            await _app.StartAsync(cancellation);
        }
        catch (System.IO.IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new PortTakenException(options.Hostname, options.Port, exception);
        }

        var bound = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        BaseAddress = new UriBuilder(bound.First()) { Path = "/" }.Uri;
        Completion = _venues.RunAsync(_logger, _stopping.Token);
        Log.Listening(_logger, BaseAddress.ToString(), string.Join(',', Venues));
    }

    private Uri Address(string venue) => new(BaseAddress, Served(venue));

    private string Served(string venue) => Venues.Contains(venue)
        ? venue
        : throw new ArgumentException($"venue '{venue}' is not served: choose from {string.Join(", ", Venues)}");

    private async Task StopCoreAsync()
    {
        Log.Stopping(_logger, _sessions.Count);
        await _stopping.CancelAsync();
        await _sessions.CloseAllAsync(ClosePatience);
        using (var patience = new CancellationTokenSource(ListenerPatience))
        {
            await _app.StopAsync(patience.Token);
        }

        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>Signals are the business of the process, not of an exchange inside it.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
