using System;
using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// Binance spot by its binary streams, which need an API key: the diffs every 20 ms, the snapshot and the chain as with
/// the text. See the README beside this file.
/// </summary>
public readonly struct BinanceSbeDialect : IVenueDialect<BinanceSbeDialect>
{
    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = BinanceDialect.Profile with
    {
        Stream = VenueStream.Sbe,
        ApiKeyHeader = "X-MBX-APIKEY",   // step 15
        LiveSocket = new Uri("wss://stream-sbe.binance.com"),
        DataTerms = "Binance's binary streams need an API key; its terms of use govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new BinanceSbeSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => BinanceRest.InstrumentsPath;

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        BinanceSbeDecoder.Decode(frame, decoder);

    /// <inheritdoc/>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        BinanceDialect.DecodeSnapshot(book, body, decoder);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => BinanceDialect.SymbolOf(pair);

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        BinanceStreams.Path(symbols, symbol => Streams(symbol, options));

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) => [];

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) => [];

    /// <inheritdoc/>
    public static IEnumerable<string> SubscribeAlso(string symbol, SubscriptionOptions options) =>
        [BinanceStreams.Subscribe(Streams(symbol, options), 3)];

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [BinanceStreams.Unsubscribe(Streams(symbol, options), 4)];

    /// <inheritdoc/>
    public static IEnumerable<string> Renew(string symbol, SubscriptionOptions options) =>
        [BinanceStreams.Unsubscribe([Diffs(symbol)], 1), BinanceStreams.Subscribe([Diffs(symbol)], 2)];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) =>
        BinanceRest.SnapshotPath(symbol, options);

    /// <inheritdoc/>
    public static int SnapshotLevelsOf(SubscriptionOptions options) => BinanceRest.LevelsOf(options);

    /// <inheritdoc/>
    public static int SnapshotLevelsOf(Uri address) => BinanceRest.LevelsOf(address);

    /// <inheritdoc/>
    public static int SnapshotWeight(SubscriptionOptions options) => BinanceRest.SnapshotWeight(options);

    /// <inheritdoc/>
    public static int InstrumentsWeight => BinanceRest.InstrumentsWeight;

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => BinanceInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol) => BinanceRest.Classify(address, out symbol);

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        depth = 0;
        return BinanceSbeDecoder.TryDiscover(frame, out symbol);
    }

    private static IEnumerable<string> Streams(string symbol, SubscriptionOptions options) => options.CrossCheck
        ? [Diffs(symbol), BinanceStreams.Of(symbol, "bestBidAsk")]   // step 19
        : [Diffs(symbol)];

    private static string Diffs(string symbol) => BinanceStreams.Of(symbol, "depth");   // step 16
}
