using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// Binance spot by its partial depth streams: the best levels as a whole with each message, no snapshot beside them.
/// See the README beside this file.
/// </summary>
public readonly struct BinancePartialDialect : IVenueDialect<BinancePartialDialect>
{
    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = BinanceDialect.Profile with
    {
        Stream = VenueStream.Partial,
        ChainRule = ChainRule.Rising,   // step 22
        SnapshotSource = SnapshotSource.EveryMessage,
        HasTopFeed = false,   // no update follows a snapshot that could be held against it
        DefaultDepth = 20,
        Depths = [5, 10, 20],   // step 21
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new BinancePartialSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => BinanceRest.InstrumentsPath;

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        BinancePartialDecoder.Decode(frame, decoder);

    /// <inheritdoc/>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        BinanceDialect.DecodeSnapshot(book, body, decoder);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => BinanceDialect.SymbolOf(pair);

    /// <summary>What lies behind the last level of a message is not known.</summary>
    public static int SnapshotLevelsOf(SubscriptionOptions options) =>
        options.Depth == 0 ? Profile.DefaultDepth : options.Depth;

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        BinanceStreams.Path(symbols, symbol => [Partial(symbol, options)]);

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) => [];

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) => [];

    /// <inheritdoc/>
    public static IEnumerable<string> SubscribeAlso(string symbol, SubscriptionOptions options) =>
        [BinanceStreams.Subscribe([Partial(symbol, options)], 3)];

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [BinanceStreams.Unsubscribe([Partial(symbol, options)], 4)];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static int InstrumentsWeight => BinanceRest.InstrumentsWeight;

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => BinanceInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol) => BinanceRest.Classify(address, out symbol);

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth) =>
        BinancePartialDecoder.TryDiscover(frame, out symbol, out depth);

    private static string Partial(string symbol, SubscriptionOptions options) => BinanceStreams.Of(
        symbol, string.Create(CultureInfo.InvariantCulture, $"depth{SnapshotLevelsOf(options)}@100ms"));
}
