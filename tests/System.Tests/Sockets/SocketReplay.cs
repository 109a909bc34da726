using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Exchange;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Recorder;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Testing;
using LowLatencyQuoter.Wire.Transport;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Sockets;

/// <summary>
/// A recording served by the exchange over real loopback sockets, taken by the production connection, decoders, ring
/// and books on their own threads.
/// </summary>
internal static class SocketReplay
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Messages with levels that the engine has dealt with, without answers of REST: over sockets one that nothing
    /// proves yet is asked for once more.
    /// </summary>
    public static long MessagesOf(BookTable table) =>
        table.Statuses.Select((status, book) => status.Updates + status.Ignored
            + (table.Definitions[book].SnapshotSource == SnapshotSource.Rest ? 0 : status.Snapshots)).Sum();

    /// <summary>The state hash after the last frame, and the books' statuses.</summary>
    /// <param name="venueName">Whose recording it is.</param>
    /// <param name="paths">Its files.</param>
    /// <param name="messages">How many messages the engine has to deal with until the recording is over.</param>
    /// <param name="certificate">For TLS, or null.</param>
    /// <param name="roots">What the client trusts then.</param>
    /// <param name="recorder">Takes what is received, or null.</param>
    public static async Task<(string StateHash, BookStatus[] Statuses)> RunAsync(
        string venueName,
        IReadOnlyList<string> paths,
        long messages,
        X509Certificate2? certificate,
        X509Certificate2Collection? roots,
        FrameRecorder? recorder = null)
    {
        VenueRegistry.TryFind(venueName, out var venue);
        IReadOnlyList<RecordedBook> books;
        using (var recording = new Recording(paths))
        {
            books = RecordingScan.Books(recording, venue);
        }

        await using var exchange = await ExchangeHost.StartAsync(new ExchangeOptions
        {
            Certificate = certificate,
            Playback = new PlaybackOptions { Files = paths, Venue = venueName, Speed = PlaybackSpeed.Max },
        });
        using var pipeline = new QuoterPipeline<MonotonicClock>(
            Table(venue, books), new PipelineOptions { Lanes = 1 }, default);
        Exception? failure = null;
        using var engine = new AgentThread(
            "engine", pipeline, WaitStrategyKind.Blocking, pipeline.EngineSignal, -1, e => failure = e);
        var connection = venue.MakeConnection(
            new ConnectionOptions
            {
                Socket = Localhost(exchange.WebSocketAddress(venueName)),
                Rest = Localhost(exchange.RestAddress(venueName)),
                Books = books.Select((book, index) => KeyValuePair.Create(book.Symbol, index)).ToArray(),
                Subscription = new SubscriptionOptions
                {
                    CrossCheck = venue.Profile.HasTopFeed,
                    Depth = books.Max(b => b.Depth),
                },
                TrustedRoots = roots,
                Recorder = recorder,
            },
            pipeline.Lanes[0],
            pipeline.Table.Statuses,
            NullLogger.Instance,
            e => failure = e);
        using var reader = new FeedReader(
            [connection], ReceiveMode.Blocking, -1, NullLogger.Instance, e => failure = e);
        engine.Start();
        reader.Start();
        await Eventually.HoldsAsync(
            () => failure is not null
                || (MessagesOf(pipeline.Table) == messages
                    && Array.TrueForAll(pipeline.Table.Statuses, IsSettled)),
            Limit,
            () => $"{MessagesOf(pipeline.Table)} of {messages} messages, states "
                + string.Join(' ', pipeline.Table.Statuses.Select(s => s.State)));
        Assert.That(failure, Is.Null);
        engine.Dispose();   // the books stand still, and the socket is still open

        return (StateHash.Compute(pipeline.Table, pipeline.CopyBooks()), pipeline.Table.Statuses);
    }

    private static bool IsSettled(BookStatus status) => status.State == BookState.Live;

    /// <summary>The name that test certificates are made for.</summary>
    private static Uri Localhost(Uri address) => new UriBuilder(address) { Host = "localhost" }.Uri;

    private static BookTable Table(IVenue venue, IReadOnlyList<RecordedBook> books) => new(
        books.Select(book => book.Symbol).ToArray(),
        books.Select((book, index) => new BookDefinition
        {
            Venue = venue.Profile.Name,
            Symbol = book.Symbol,
            Instrument = index,
            ChainRule = venue.Profile.ChainRule,
            SnapshotSource = venue.SourceOf(new SubscriptionOptions { Depth = book.Depth }),
            ChecksumPolicy = venue.Profile.ChecksumPolicy,
            WindowLevels = venue.WindowOf(new SubscriptionOptions { Depth = book.Depth }),
            SnapshotLevels = book.SnapshotLevels ?? 0,
        }).ToArray());
}
