using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.Transport;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>
/// Several connections, one to each address, dealt out to a number of readers, with the engine behind them.
/// </summary>
internal sealed class ReaderBench : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly QuoterPipeline<MonotonicClock> _pipeline;
    private readonly AgentThread _engine;
    private readonly FeedReader[] _readers;
    private readonly BookTable _table;
    private Exception? _fatal;

    public ReaderBench(
        IReadOnlyList<Uri> addresses,
        int readers,
        ReceiveMode mode,
        Func<ConnectionOptions, ConnectionOptions>? configure = null)
    {
        VenueRegistry.TryFind("kraken", out var venue);
        _table = new BookTable(
            [.. addresses.Select((_, book) => $"BTC/{book}")],
            [.. addresses.Select((_, book) => new BookDefinition
            {
                Venue = $"kraken{book}",
                Symbol = "BTC/USD",
                Instrument = book,
                ChainRule = venue.Profile.ChainRule,
                SnapshotSource = venue.Profile.SnapshotSource,
            })]);
        _pipeline = new QuoterPipeline<MonotonicClock>(
            _table, new PipelineOptions { Lanes = addresses.Count, LaneCapacity = 256 }, default);
        _engine = new AgentThread(
            "engine", _pipeline, WaitStrategyKind.Blocking, _pipeline.EngineSignal, -1, e => _fatal = e);
        Connections = [.. addresses.Select((address, book) => venue.MakeConnection(
            Configured(address, book, configure), _pipeline.Lanes[book], _table.Statuses, Log, e => _fatal = e))];
        _readers = [.. Enumerable.Range(0, readers).Select(reader => new FeedReader(
            [.. Connections.Where((_, index) => index % readers == reader)], mode, -1, Log, e => _fatal = e))];
        _engine.Start();
        Array.ForEach(_readers, reader => reader.Start());
    }

    public IReadOnlyList<IVenueConnection> Connections { get; }

    public FeedReader Reader => _readers[0];

    public LogLines Log { get; } = new();

    public BookStatus Status(int book) => _table.Statuses[book];

    public bool IsLive(int book) => Status(book).State == BookState.Live;

    /// <summary>Stops the engine behind everything that was read; the sockets stay open.</summary>
    public string StateHashOf()
    {
        _engine.Dispose();
        return StateHash.Compute(_table, _pipeline.CopyBooks());
    }

    public void Until(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (_fatal is not null || Stopwatch.GetElapsedTime(started) > Patience)
            {
                var books = _table.Statuses.Select((status, book) =>
                    $"{book}: {status.State}, {status.Updates} updates, {Connections[book].Counters.Frames} frames");
                Assert.Fail($"{what} did not happen; {_fatal}\n{string.Join('\n', books)}\n{Log}");
            }

            Thread.Sleep(1);   // how often to look; nothing rests on it
        }
    }

    public void Dispose()
    {
        Array.ForEach(_readers, reader => reader.Dispose());
        _engine.Dispose();
        _pipeline.Dispose();
        Assert.That(_fatal, Is.Null, "the process would have ended");
    }

    private static ConnectionOptions Configured(
        Uri address, int book, Func<ConnectionOptions, ConnectionOptions>? configure)
    {
        var options = new ConnectionOptions
        {
            Socket = address,
            Rest = new Uri("http://127.0.0.1:1"),   // nobody listens there
            Books = [KeyValuePair.Create("BTC/USD", book)],
            ReconnectDelayMax = TimeSpan.FromMilliseconds(20),
            PingAfter = TimeSpan.FromMinutes(1),
        };
        return configure is null ? options : configure(options);
    }
}
