using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.Transport;
using NUnit.Framework;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>One venue connection with the engine behind it, each on its thread, as in the product.</summary>
internal sealed class LiveBench : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly QuoterPipeline<MonotonicClock> _pipeline;
    private readonly AgentThread _engine;
    private readonly FeedReader _reader;
    private Exception? _fatal;

    public LiveBench(
        string venue,
        string pair,
        Func<ConnectionOptions, ConnectionOptions> configure,
        ReceiveMode mode = ReceiveMode.Blocking,
        VenueStream stream = VenueStream.Json)
    {
        if (!VenueRegistry.TryFind(venue, stream, out var found))
        {
            throw new ArgumentException(venue);
        }

        var symbol = found.SymbolOf(Pair.Parse(pair));
        var options = configure(new ConnectionOptions
        {
            Socket = new Uri("ws://127.0.0.1:1"),   // nobody listens there
            Rest = new Uri("http://127.0.0.1:1"),
            Books = [KeyValuePair.Create(symbol, 0)],
            ReconnectDelayMax = TimeSpan.FromMilliseconds(200),
        });
        var table = new BookTable([pair],
        [
            new BookDefinition
            {
                Venue = venue,
                Symbol = symbol,
                Instrument = 0,
                ChainRule = found.Profile.ChainRule,
                SnapshotSource = found.SourceOf(options.Subscription),
                ChecksumPolicy = found.Profile.ChecksumPolicy,
                WindowLevels = found.WindowOf(options.Subscription),
                SnapshotLevels = found.SnapshotLevelsOf(options.Subscription),
            },
        ]);
        _pipeline = new QuoterPipeline<MonotonicClock>(table, new PipelineOptions { Lanes = 1 }, default);
        _engine = new AgentThread(
            "engine", _pipeline, WaitStrategyKind.Blocking, _pipeline.EngineSignal, -1, Fail);
        Status = table.Statuses[0];
        Connection = found.MakeConnection(options, _pipeline.Lanes[0], table.Statuses, Log, Fail);
        _reader = new FeedReader([Connection], mode, -1, Log, Fail);
        _engine.Start();
        _reader.Start();
    }

    public IVenueConnection Connection { get; }

    public long AllocatedBytes => _reader.AllocatedBytes;

    public BookStatus Status { get; }

    public LogLines Log { get; } = new();

    public bool IsLive => Status.State == BookState.Live;

    /// <summary>What changed the book's state since the last call, as text; empty: it stayed as it was.</summary>
    public string StateChanges
    {
        get
        {
            var changes = "";
            while (_pipeline.Notices.TryTake(out var notice))
            {
                changes += $" {notice.Before}>{notice.State}({notice.Fault} {notice.Expected} {notice.Received})";
            }

            return changes;
        }
    }

    /// <summary>The rows of the latest quote as exact decimals.</summary>
    public string Rows
    {
        get
        {
            var reader = new QuoteReader(_pipeline.Quotes[0]);
            return reader.TryReadLatest() ? $"{Text(reader, reader.Bids)}|{Text(reader, reader.Asks)}" : "";
        }
    }

    /// <summary>A connection to a venue of an exchange.</summary>
    public static LiveBench To(
        ExchangeHost exchange,
        string venue,
        string pair,
        Func<ConnectionOptions, ConnectionOptions>? configure = null,
        VenueStream stream = VenueStream.Json) =>
        new(
            venue,
            pair,
            options =>
            {
                options = options with
                {
                    Socket = stream == VenueStream.Sbe
                        ? exchange.SbeAddress(venue)
                        : exchange.WebSocketAddress(venue),
                    Rest = exchange.RestAddress(venue),
                };
                return configure is null ? options : configure(options);
            },
            stream: stream);

    /// <summary>Waits for something to become true, or fails the test with the log.</summary>
    public void Until(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (_fatal is not null || Stopwatch.GetElapsedTime(started) > Patience)
            {
                Assert.Fail($"{what} did not happen; the book is {Status.State}. {_fatal}\n{Log}");
            }

            Thread.Sleep(2);   // how often to look; nothing rests on it
        }
    }

    /// <summary>Disposes of the connection and says how long that took.</summary>
    public TimeSpan Close()
    {
        var started = Stopwatch.GetTimestamp();
        _reader.Dispose();
        return Stopwatch.GetElapsedTime(started);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _engine.Dispose();
        _pipeline.Dispose();
        Assert.That(_fatal, Is.Null, "the process would have ended");
    }

    private static string Text(QuoteReader reader, ReadOnlySpan<QuoteRow> rows)
    {
        var text = new StringBuilder();
        foreach (var row in rows)
        {
            var price = row.Price / (decimal)Math.Pow(10, reader.Header.PriceScale);
            var quantity = row.Quantity / (decimal)Math.Pow(10, reader.Header.QuantityScale);
            text.Append(CultureInfo.InvariantCulture, $" {price:G29}x{quantity:G29}");
        }

        return text.ToString();
    }

    private void Fail(Exception exception) => _fatal = exception;
}
