using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Bitstamp;

/// <summary>
/// Bitstamp: changed levels with a REST snapshot, chained by time only; or whole books of 100 levels. See the README
/// beside this file.
/// </summary>
public readonly struct BitstampDialect : IVenueDialect<BitstampDialect>
{
    private const string SnapshotPrefix = "/api/v2/order_book/";

    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "bitstamp",
        LiveSocket = new Uri("wss://ws.bitstamp.net"),
        LiveRest = new Uri("https://www.bitstamp.net"),
        ConnectionLife = TimeSpan.FromDays(90),
        ChainRule = ChainRule.Rising,   // step 4
        SnapshotSource = SnapshotSource.Rest,
        HasWholeBooks = true,
        RestLimits = [new RestLimit(400, TimeSpan.FromSeconds(1)), new RestLimit(10_000, TimeSpan.FromMinutes(10))],
        DataTerms = "the public websocket needs no account; Bitstamp's terms of use govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new BitstampSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => "/api/v2/trading-pairs-info/";

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        BitstampFrameDecoder.Decode(frame, decoder);

    /// <inheritdoc/>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        BitstampFrameDecoder.DecodeSnapshot(book, body, decoder);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => (pair.Base + pair.Quote).ToLowerInvariant();

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options)
    {
        var channel = Channel(options);
        foreach (var symbol in symbols)
        {
            yield return $$$"""{"event":"bts:subscribe","data":{"channel":"{{{channel}}}{{{symbol}}}"}}""";
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) => [];

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [$$$"""{"event":"bts:unsubscribe","data":{"channel":"{{{Channel(options)}}}{{{symbol}}}"}}"""];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) =>
        $"{SnapshotPrefix}{symbol}/?group=1";   // step 3

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => BitstampInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        var path = address.AbsolutePath.TrimEnd('/');
        if (path.EndsWith("/trading-pairs-info", StringComparison.Ordinal))
        {
            return RestRecord.Instruments;
        }

        var at = path.IndexOf(SnapshotPrefix, StringComparison.Ordinal);
        if (at < 0)
        {
            return RestRecord.Other;
        }

        symbol = path[(at + SnapshotPrefix.Length)..];
        return RestRecord.Snapshot;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        depth = 0;
        return BitstampFrameDecoder.TryDiscover(frame, out symbol);
    }

    private static string Channel(SubscriptionOptions options) =>
        options.WholeBooks ? "order_book_" : "diff_order_book_";   // step 5, step 2
}
