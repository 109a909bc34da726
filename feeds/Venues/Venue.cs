using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>A dialect as an object.</summary>
/// <typeparam name="TDialect">The dialect.</typeparam>
public sealed class Venue<TDialect> : IVenue
    where TDialect : struct, IVenueDialect<TDialect>
{
    /// <inheritdoc/>
    public VenueProfile Profile => TDialect.Profile;

    /// <inheritdoc/>
    public string InstrumentsPath => TDialect.InstrumentsPath;

    /// <inheritdoc/>
    public int InstrumentsWeight => TDialect.InstrumentsWeight;

    /// <inheritdoc/>
    public IFrameIntake MakeIntake(DepthDecoder decoder, int[] books) => new FrameIntake<TDialect>(decoder, books);

    /// <inheritdoc/>
    public IVenueConnection MakeConnection(
        ConnectionOptions options, DepthLane lane, BookStatus[] statuses, ILogger log, Action<Exception> onFatal) =>
        options.Recorder is null
            ? new LinkedConnection<TDialect>(options, lane, statuses, log, onFatal)
            : new VenueConnection<TDialect>(options, lane, statuses, log, onFatal);   // a recording is of one socket

    /// <inheritdoc/>
    public string SymbolOf(Pair pair) => TDialect.SymbolOf(pair);

    /// <inheritdoc/>
    public SnapshotSource SourceOf(SubscriptionOptions options) => TDialect.SourceOf(options);

    /// <inheritdoc/>
    public int WindowOf(SubscriptionOptions options) => TDialect.WindowOf(options);

    /// <inheritdoc/>
    public int SnapshotLevelsOf(SubscriptionOptions options) => TDialect.SnapshotLevelsOf(options);

    /// <inheritdoc/>
    public int SnapshotLevelsOf(Uri address) => TDialect.SnapshotLevelsOf(address);

    /// <inheritdoc/>
    public Admission ReadAdmission(ReadOnlyMemory<byte> body) => TDialect.ReadAdmission(body);

    /// <inheritdoc/>
    public string KeepAlive(long unixMillis) => TDialect.KeepAlive(unixMillis);

    /// <inheritdoc/>
    public string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        TDialect.SocketPath(symbols, options);

    /// <inheritdoc/>
    public IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        TDialect.Subscribe(symbols, options);

    /// <inheritdoc/>
    public IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) =>
        TDialect.Resubscribe(symbol, options);

    /// <inheritdoc/>
    public string SnapshotPath(string symbol, SubscriptionOptions options) => TDialect.SnapshotPath(symbol, options);

    /// <inheritdoc/>
    public IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => TDialect.ReadInstruments(body);

    /// <inheritdoc/>
    public RestRecord Classify(Uri address, out string symbol) => TDialect.Classify(address, out symbol);

    /// <inheritdoc/>
    public bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth) =>
        TDialect.TryDiscover(frame, out symbol, out depth);

    /// <inheritdoc/>
    public ISamplePrinter Samples => TDialect.Samples;
}
