using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Feeds.Journal;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Recorder;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Server.Access;
using LowLatencyQuoter.Server.Grpc;
using LowLatencyQuoter.Server.Health;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Membership;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Server.Quotes;
using LowLatencyQuoter.Server.SharedMemory;
using LowLatencyQuoter.Server.Tuning;
using LowLatencyQuoter.Server.WarmUp;
using LowLatencyQuoter.Wire.Grpc;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket.Deflate;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Server;

/// <summary>
/// The whole process, composed in one place: the stages below are the path of a message. The only file that knows the
/// exchange; everything else reaches it through its sockets. Threads: start, wait and disposal by one caller.
/// </summary>
public sealed class QuoterHost : IAsyncDisposable
{
    /// <summary>How long a venue's list of instruments may take.</summary>
    private static readonly TimeSpan ListLimit = TimeSpan.FromSeconds(10);

    private readonly QuoterOptions _options;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _log;
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IVenueConnection> _connections = [];   // of the start; the roster knows those of now
    private readonly List<FeedReader> _readers = [];
    private readonly ConcurrentDictionary<Uri, RestBudget> _budgets = new();
    private readonly ConcurrentDictionary<Uri, DialBudget> _dials = new();
    private readonly Func<QuoterOptions>? _load;
    private readonly WaitSignal _recorderSignal = new();
    private JournalWriter? _journal;
    private IReadOnlyList<FrameRecorder> _recorders = [];
    private RecordingWriter? _recording;
    private SharedMemoryStage? _shared;
    private ExchangeHost? _exchange;
    private QuoterPipeline _pipeline = null!;
    private AccessFiles _access = null!;
    private X509Certificate2Collection? _roots;
    private Roster? _roster;
    private ConfigurationReload? _reload;
    private QuotePublisher _publisher = null!;
    private EndpointHost _endpoints = null!;
    private IReadOnlyList<AgentThread> _threads = [];
    private RuntimeTuning _tuning = null!;
    private WarmUpReport? _warmUp;
    private Task _noticeLog = Task.CompletedTask;

    private QuoterHost(QuoterOptions options, ILoggerFactory logs, Func<QuoterOptions>? load)
    {
        _options = options;
        _load = load;
        _logs = logs;
        _log = logs.CreateLogger("Quoter");
    }

    /// <summary>Where gRPC is served: <c>127.0.0.1:50052</c>.</summary>
    public string GrpcEndpoint => _endpoints.Grpc;

    /// <summary>Where health and metrics are served.</summary>
    public string HttpEndpoint => _endpoints.Http;

    /// <summary>Where the admin service is served; null when it is off.</summary>
    public string? AdminEndpoint => _endpoints.Admin;

    /// <summary>Ends, with the exception, when a thread of the pipeline fails: the process must not go on.</summary>
    public Task Failed => _failed.Task;

    /// <summary>Which books there are, with their statuses.</summary>
    public BookTable Books => _pipeline.Table;

    /// <summary>The connections, in the order of the venues.</summary>
    public IReadOnlyList<IVenueConnection> Connections => _roster!.Connections;

    /// <summary>Starts everything; clients can connect when this returns, and quotes follow.</summary>
    /// <exception cref="OptionsException">The options ask for what cannot be done.</exception>
    /// <exception cref="EndpointTakenException">A port is taken.</exception>
    public static Task<QuoterHost> StartAsync(
        QuoterOptions options, ILoggerFactory logs, CancellationToken cancellation = default) =>
        StartAsync(options, logs, null, cancellation);

    /// <summary>The same for options that can be read again while it runs.</summary>
    /// <param name="options">What is wanted.</param>
    /// <param name="logs">Where it is told.</param>
    /// <param name="load">Reads the options again; null: they cannot be.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <inheritdoc cref="StartAsync(QuoterOptions, ILoggerFactory, CancellationToken)" path="/exception"/>
    public static async Task<QuoterHost> StartAsync(
        QuoterOptions options, ILoggerFactory logs, Func<QuoterOptions>? load, CancellationToken cancellation)
    {
        var host = new QuoterHost(options, logs, load);
        try
        {
            await host.StartStagesAsync(cancellation).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until the default instrument has a quote that rests on a live book.</summary>
    public async Task WaitForQuoteAsync(CancellationToken cancellation)
    {
        var readiness = new Readiness(_pipeline.Quotes, _pipeline.Table);
        while (!readiness.IsServing(0))
        {
            await Task.WhenAny(Task.Delay(10, cancellation), Failed).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            if (Failed.IsCompleted)
            {
                await Failed.ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Call when there are quotes: sets what is set last, and logs what runtime and machine really do.
    /// </summary>
    public void CompleteTuning() => _tuning.Complete(_warmUp);

    /// <summary>
    /// Reads the configuration again and applies what can change while running; what cannot, or is wrong, is logged.
    /// </summary>
    public async Task ReloadAsync(CancellationToken cancellation)
    {
        try
        {
            await _reload!.RunAsync(cancellation).ConfigureAwait(false);
        }
        catch (RosterException e) when (e.Code == StatusCode.FailedPrecondition)
        {
            Log.ReloadRefused(_log, e.Message);
        }
        catch (RosterException)
        {
            // Told already, with file and line.
        }
    }

    /// <summary>
    /// Drains and stops: clients are told, then readers, threads and the embedded exchange end. At most five seconds.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        // The reverse of the start: nobody is asked for anything by a stage that is gone already.
        if (_endpoints is not null)
        {
            await _endpoints.DisposeAsync().ConfigureAwait(false);
        }

        var readers = _roster?.Readers ?? _readers;
        foreach (var reader in readers)
        {
            reader.Stop();   // all of them close their sockets at once
        }

        foreach (var reader in readers)
        {
            reader.Dispose();
        }

        _roster?.Dispose();
        _reload?.Dispose();

        foreach (var thread in _threads)
        {
            thread.Dispose();
        }

        _shared?.Dispose();
        _journal?.Dispose();
        _recording?.Dispose();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _noticeLog.ConfigureAwait(false);
        foreach (var recorder in _recorders)
        {
            recorder.Dispose();
        }

        _recorderSignal.Dispose();

        _publisher?.Dispose();
        _pipeline?.Dispose();
        if (_exchange is not null)
        {
            await _exchange.DisposeAsync().ConfigureAwait(false);
        }

        _stop.Dispose();
    }

    private async Task StartStagesAsync(CancellationToken cancellation)
    {
        // 1. how threads wait, given the cores there are
        var waits = WaitPlan.Make(_options, Environment.ProcessorCount);
        foreach (var reason in waits.Reasons)
        {
            Log.WaitDowngraded(_log, reason);
        }

        // 2. compiled code for the path of a message, while nothing else wants the compiler
        _access = new AccessFiles(_options.Access);
        _roots = TrustedRoots.Read(_options.TrustedRoots);
        _tuning = new RuntimeTuning(_options, waits, _log);
        _warmUp = await WarmUpRun.RunAsync(_options, waits, cancellation).ConfigureAwait(false);
        if (_warmUp is not null)
        {
            Log.WarmedUp(_log, _warmUp.ToString());
        }

        // 3. the venues: the embedded exchange unless the real ones, or addresses of one's own, are asked for
        var addresses = await FindVenuesAsync(cancellation).ConfigureAwait(false);

        // 4. whether they list what is to be quoted
        var check = await CheckListingsAsync(addresses, cancellation).ConfigureAwait(false);

        // 5. books, lanes and quotes; a journal names its books at its start, so that none can be added
        _pipeline = PipelinePlan.Make(
            _options,
            waits,
            _options.Journal is null
                ? BookPlan.MakeGrowing(_options, check.Takes)
                : BookPlan.Make(_options, check.Takes));
        _noticeLog = new NoticeLog(_pipeline.Notices, _pipeline.Table, _logs.CreateLogger("Books"))
            .RunAsync(_stop.Token);

        // 6. the publisher and the endpoints that clients reach
        var fees = new FeeSchedule(name => _roster?.Venues.FirstOrDefault(venue => venue.Name == name)?.Options);
        _publisher = new QuotePublisher(_pipeline.Quotes, _pipeline.Table, _pipeline.PublisherSignal, fees: fees);
        _recorders = RecordingPlan.MakeRecorders(_options, _recorderSignal);
        MakeConnections(addresses, check);
        MakeReaders(waits);
        MakeRoster(addresses, waits);
        _recording = RecordingPlan.Open(_options, _recorders, _logs);
        _journal = JournalPlan.Open(_options, _pipeline.Table, _logs);
        _shared = SharedMemoryStage.Open(_options, _pipeline, _roster!.Directory, _logs);
        _threads =
        [
            .. PipelinePlan.MakeThreads(_options, waits, _pipeline, _publisher, OnFatal, _shared),
            .. JournalPlan.MakeThreads(_options, _pipeline, _journal, OnFatal),
            .. RecordingPlan.MakeThreads(_options, _recording, _recorderSignal, OnFatal),
        ];
        _endpoints = await EndpointHost.StartAsync(
            _options,
            new EndpointParts(
                _pipeline,
                _publisher,
                fees,
                _roster!,
                _reload!,
                _journal,
                _recording,
                _threads,
                _access,
                _tuning),
            _logs).ConfigureAwait(false);
        if (_endpoints.Admin is { } admin)
        {
            Log.AdminServed(_log, admin);
        }

        _tuning.LockMemory();

        // 7. the threads, from the clients' end to the venues' end
        foreach (var thread in _threads)
        {
            thread.Start();
        }

        foreach (var reader in _readers)
        {
            reader.Start();
        }
    }

    private async Task<VenueAddresses[]> FindVenuesAsync(CancellationToken cancellation)
    {
        var embedded = new List<string>();
        foreach (var venue in _options.Venues)
        {
            if (venue.Socket is null && !_options.Live)
            {
                embedded.Add(venue.Name);
            }
        }

        if (embedded.Count != 0)
        {
            embedded.AddRange(_options.AlsoServes.Except(embedded));
            await StartExchangeAsync(embedded, cancellation).ConfigureAwait(false);
        }

        var addresses = new VenueAddresses[_options.Venues.Count];
        for (var index = 0; index < addresses.Length; index++)
        {
            addresses[index] = AddressOf(_options.Venues[index]);
        }

        return addresses;
    }

    private async Task StartExchangeAsync(List<string> venues, CancellationToken cancellation)
    {
        var instruments = new List<string>();
        foreach (var pair in _options.Instruments.Union(_options.AlsoLists))
        {
            instruments.Add(pair.ToString());
        }

        try
        {
            _exchange = await ExchangeHost.StartAsync(
                new ExchangeOptions
                {
                    Venues = venues,
                    Instruments = instruments,
                    Seed = _options.SimulationSeed,
                    Rate = _options.SimulationRate,
                },
                cancellation).ConfigureAwait(false);
        }
        catch (ExchangeConfigurationException e)
        {
            throw new OptionsException($"embedded exchange: {e.Message}");
        }

        Log.EmbeddedExchange(_log, _exchange.BaseAddress, string.Join(", ", venues));
    }

    private VenueAddresses AddressOf(VenueOptions venue)
    {
        if (venue.Socket is { } socket && venue.Rest is { } rest)
        {
            return new VenueAddresses(socket, rest);
        }

        if (!_options.Live)
        {
            if (_exchange?.Venues.Contains(venue.Name) != true)
            {
                throw new OptionsException(
                    $"the embedded exchange does not serve {venue.Name}: name it in simulation.alsoServes at the start "
                    + "or give the venue's socket and rest");
            }

            return new VenueAddresses(
                venue.Stream == VenueStream.Sbe
                    ? _exchange.SbeAddress(venue.Name)
                    : _exchange.WebSocketAddress(venue.Name),
                _exchange.RestAddress(venue.Name));
        }

        var known = venue.Feed;
        Log.LiveVenue(_log, venue.Name, known.Profile.DataTerms);
        return new VenueAddresses(known.Profile.LiveSocket, known.Profile.LiveRest);
    }

    private async Task<StartCheck> CheckListingsAsync(VenueAddresses[] addresses, CancellationToken cancellation)
    {
        var listings = await Task.WhenAll(_options.Venues.Select(
            (venue, index) => FetchListAsync(venue, addresses[index], cancellation))).ConfigureAwait(false);
        var check = StartCheck.Make(_options, listings);
        foreach (var left in check.LeftOut)
        {
            Log.LeftOut(_log, left.Reason);
        }

        return check;
    }

    private async Task<VenueListing> FetchListAsync(
        VenueOptions venue, VenueAddresses address, CancellationToken cancellation)
    {
        var known = venue.Feed;
        var (list, failure) = await InstrumentLists.FetchAsync(
            known, address.Rest, BudgetOf(known, address), ListLimit, _roots, cancellation).ConfigureAwait(false);
        if (list is null)
        {
            Log.Unchecked(_log, venue.Name, failure);
        }

        return new VenueListing(known, list, failure);
    }

    private RestBudget BudgetOf(IVenue known, VenueAddresses address) =>
        _budgets.GetOrAdd(address.Rest, static (_, profile) => new RestBudget(profile.RestLimits), known.Profile);

    private DialBudget DialsOf(IVenue known, VenueAddresses address) =>
        _dials.GetOrAdd(address.Socket, static (_, profile) => new DialBudget(profile.ConnectionLimits), known.Profile);

    private void MakeConnections(VenueAddresses[] addresses, StartCheck check)
    {
        for (var index = 0; index < addresses.Length; index++)
        {
            _connections.Add(MakeConnection(
                _options.Venues[index], addresses[index], index, _pipeline.Lanes[index], check.Listings[index]));
        }
    }

    private IVenueConnection MakeConnection(
        VenueOptions venue, VenueAddresses address, int column, DepthLane lane, VenueListing listing)
    {
        var known = venue.Feed;
        var options = new ConnectionOptions
        {
            Budget = BudgetOf(known, address),
            Dials = DialsOf(known, address),
            Connections = venue.Connections,
            Checksum = venue.Checksum,
            ApiKey = venue.ApiKey,
            Recorder = _recorders.Count == 0 ? null : _recorders[column],
            Socket = address.Socket,
            Rest = address.Rest,
            Books = BooksOf(column),
            BooksMax = _pipeline.Table.Instruments.Count,
            Declared = listing.List,
            Subscription = new SubscriptionOptions
            {
                Depth = venue.Depth,
                WholeBooks = venue.WholeBooks,
                CrossCheck = venue.CrossCheck,
            },
            TrustedRoots = _roots,
            AuditEvery = TimeSpan.FromSeconds(_options.AuditSeconds),
            FullLane = venue.LaneFull ?? _options.LaneFull,
            Deflate = venue.Compression == CompressionKind.Deflate ? new DeflateOptions() : null,
        };
        return known.MakeConnection(
            options, lane, _pipeline.Table.Statuses, _logs.CreateLogger("Feeds"), OnFatal);
    }

    /// <summary>From here on instruments and venues are the roster's.</summary>
    private void MakeRoster(VenueAddresses[] addresses, WaitPlan waits)
    {
        var seats = new List<VenueSeat>();
        for (var index = 0; index < addresses.Length; index++)
        {
            var connection = _connections[index];
            seats.Add(new VenueSeat(
                _options.Venues[index],
                _options.Venues[index].Feed,
                addresses[index],
                index,
                _pipeline.Lanes[index],
                connection,
                _readers.First(reader => reader.Connections.Contains(connection))));
        }

        var log = _logs.CreateLogger("Roster");
        _roster = new Roster(
            new RosterParts
            {
                Options = _options,
                Pipeline = _pipeline,
                Directory = new InstrumentDirectory(_pipeline.Table.Instruments),
                Columns = BookPlan.Columns(_options),
                AddressOf = AddressOf,
                FetchList = FetchListAsync,
                MakeConnection = MakeConnection,
                MakeReader = connection => MakeReader([connection], waits.Receive, connection.Venue),
                Log = log,
            },
            seats);
        _reload = new ConfigurationReload(_roster, _options, _access, _load, log);
    }

    private FeedReader MakeReader(IReadOnlyList<IVenueConnection> connections, ReceiveMode receive, string venue)
    {
        // One that comes later polls only on a core of its own: the others were counted against those there are.
        var core = _options.Cores.Of(venue);
        return new FeedReader(
            connections,
            core < 0 ? ReceiveMode.Blocking : receive,
            core,
            _logs.CreateLogger("Feeds"),
            OnFatal);
    }

    private void MakeReaders(WaitPlan waits)
    {
        var log = _logs.CreateLogger("Feeds");
        for (var reader = 0; reader < waits.Readers.Venues.Count; reader++)
        {
            var connections = new List<IVenueConnection>();
            foreach (var venue in waits.Readers.Venues[reader])
            {
                connections.Add(_connections[venue]);
            }

            _readers.Add(new FeedReader(connections, waits.Receive, waits.Readers.Cores[reader], log, OnFatal));
        }
    }

    private List<KeyValuePair<string, int>> BooksOf(int connection)
    {
        var books = new List<KeyValuePair<string, int>>();
        for (var book = 0; book < _pipeline.Table.Definitions.Length; book++)
        {
            if (_pipeline.Table.IsListed(book) && _pipeline.Table.Definitions[book].Connection == connection)
            {
                books.Add(new(_pipeline.Table.Definitions[book].Symbol, book));
            }
        }

        return books;
    }

    private void OnFatal(Exception failure)
    {
        Log.Fatal(_log, $"{failure.GetType().Name}: {failure.Message} {failure.StackTrace?.ReplaceLineEndings(" ")}");
        _failed.TrySetException(failure);
    }
}
