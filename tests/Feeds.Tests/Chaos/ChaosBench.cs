using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Tests.Live;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Transport;

namespace LowLatencyQuoter.Feeds.Tests.Chaos;

/// <summary>
/// The exchange, a proxy before each of its venues, the real connections behind them and the judged pipeline, each on
/// its threads as in the product.
/// </summary>
internal sealed class ChaosBench : IAsyncDisposable
{
    private readonly QuoterPipeline<MonotonicClock> _pipeline;
    private readonly AgentThread _engine;
    private readonly List<FeedReader> _readers = [];

    private ChaosBench(ChaosSettings settings, ExchangeHost exchange)
    {
        Exchange = exchange;
        var histories = exchange.Histories.ToDictionary(history => (history.Venue, history.Instrument));
        var definitions = new List<BookDefinition>();
        for (var instrument = 0; instrument < settings.Instruments.Count; instrument++)
        {
            for (var venue = 0; venue < settings.Venues.Count; venue++)
            {
                if (histories.ContainsKey((settings.Venues[venue], settings.Instruments[instrument])))
                {
                    definitions.Add(Define(settings, venue, instrument));
                }
            }
        }

        Table = new BookTable(settings.Instruments, definitions);
        _pipeline = new QuoterPipeline<MonotonicClock>(
            Table, new PipelineOptions { Lanes = settings.Venues.Count, QuoteCapacity = 4_096 }, default);
        Judged = new JudgedPipeline(
            _pipeline,
            [.. definitions.Select(book => histories[(book.Venue, settings.Instruments[book.Instrument])])]);
        _engine = new AgentThread("engine", Judged, WaitStrategyKind.Blocking, _pipeline.EngineSignal, -1, Fail);
        for (var venue = 0; venue < settings.Venues.Count; venue++)
        {
            Connect(settings, venue);
        }
    }

    public ExchangeHost Exchange { get; }

    public BookTable Table { get; }

    public JudgedPipeline Judged { get; }

    public List<ChaosProxy> Proxies { get; } = [];

    public List<IVenueConnection> Connections { get; } = [];

    public LogLines Log { get; } = new();

    /// <summary>What would have ended the process.</summary>
    public Exception? Fatal { get; private set; }

    public static async Task<ChaosBench> StartAsync(
        ChaosSettings settings, Action<ExchangeHost>? prepare = null)
    {
        var exchange = await ExchangeHost.StartAsync(new ExchangeOptions
        {
            Venues = settings.Venues,
            Instruments = settings.Instruments,
            Rate = settings.Rate,
            Seed = settings.Seed,
            HistoryStates = 512,
        });
        prepare?.Invoke(exchange);
        var bench = new ChaosBench(settings, exchange);
        bench._engine.Start();
        bench._readers.ForEach(static reader => reader.Start());
        return bench;
    }

    /// <summary>The books of a venue, by its position.</summary>
    public IEnumerable<int> BooksOf(int venue) =>
        Enumerable.Range(0, Table.Definitions.Length).Where(book => Table.Definitions[book].Connection == venue);

    /// <summary>Whether every book of a venue is live.</summary>
    public bool IsLive(int venue) => BooksOf(venue).All(book => Table.Statuses[book].State == BookState.Live);

    public async ValueTask DisposeAsync()
    {
        _readers.ForEach(static reader => reader.Stop());
        _readers.ForEach(static reader => reader.Dispose());
        _engine.Dispose();
        _pipeline.Dispose();
        foreach (var proxy in Proxies)
        {
            await proxy.DisposeAsync();
        }

        await Exchange.DisposeAsync();
    }

    private static BookDefinition Define(ChaosSettings settings, int connection, int instrument)
    {
        var venue = Find(settings.Venues[connection]);
        var subscription = new SubscriptionOptions();
        return new BookDefinition
        {
            Venue = settings.Venues[connection],
            Symbol = venue.SymbolOf(Pair.Parse(settings.Instruments[instrument])),
            Instrument = instrument,
            Connection = connection,
            ChainRule = venue.Profile.ChainRule,
            SnapshotSource = venue.SourceOf(subscription),
            ChecksumPolicy = venue.Profile.ChecksumPolicy,
            WindowLevels = venue.WindowOf(subscription),
        };
    }

    private static IVenue Find(string name) => VenueRegistry.TryFind(name, out var found)
        ? found
        : throw new ArgumentException($"unknown venue {name}");

    private void Connect(ChaosSettings settings, int venue)
    {
        var name = settings.Venues[venue];
        var proxy = new ChaosProxy(Exchange.Port, settings.Seed + venue);
        Proxies.Add(proxy);
        var connection = Find(name).MakeConnection(
            new ConnectionOptions
            {
                Socket = new Uri($"ws://127.0.0.1:{proxy.Port}/{name}"),
                Rest = new Uri($"http://127.0.0.1:{proxy.Port}/{name}"),
                Books = [.. BooksOf(venue).Select(book => KeyValuePair.Create(Table.Definitions[book].Symbol, book))],
                ReconnectDelayMax = TimeSpan.FromSeconds(2),
                PingAfter = settings.PingAfter,
                SnapshotLimit = TimeSpan.FromSeconds(3),
            },
            _pipeline.Lanes[venue],
            Table.Statuses,
            Log,
            Fail);
        Connections.Add(connection);
        _readers.Add(new FeedReader([connection], ReceiveMode.Blocking, -1, Log, Fail));
    }

    private void Fail(Exception exception) => Fatal ??= exception;
}
