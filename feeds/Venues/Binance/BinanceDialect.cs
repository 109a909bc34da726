using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Binance;

/// <summary>
/// Binance spot: combined diff depth stream, REST snapshot, update-id chain. See the README beside this file.
/// </summary>
public readonly struct BinanceDialect : IVenueDialect<BinanceDialect>
{
    private const string SnapshotPrefix = "/api/v3/depth?symbol=";
    private const int UnaskedLevels = 100;   // what the venue answers who names no limit

    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "binance",
        LiveSocket = new Uri("wss://data-stream.binance.vision"),
        LiveRest = new Uri("https://data-api.binance.vision"),
        ConnectionLimits = [new RestLimit(300, TimeSpan.FromMinutes(5))],
        ConnectionLife = TimeSpan.FromHours(24),
        ChainRule = ChainRule.Contiguous,   // steps 5 to 7
        SnapshotSource = SnapshotSource.Rest,
        HasTopFeed = true,
        DefaultDepth = 1_000,
        Depths = [100, 500, 1_000, 5_000],
        RestLimits = [new RestLimit(6_000, TimeSpan.FromMinutes(1))],
        DataTerms = "market data of data-stream.binance.vision is public; Binance's terms of use govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new BinanceSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => "/api/v3/exchangeInfo";

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        BinanceFrameDecoder.Decode(frame, decoder);

    /// <inheritdoc/>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        BinanceSnapshotDecoder.Decode(book, body, decoder);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => pair.Base + pair.Quote;

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options)
    {
        var streams = new List<string>();   // step 1
        foreach (var symbol in symbols)
        {
            streams.AddRange(Streams(symbol, options));
        }

        return "/stream?streams=" + string.Join('/', streams);
    }

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) => [];

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) => [];

    /// <inheritdoc/>
    public static IEnumerable<string> SubscribeAlso(string symbol, SubscriptionOptions options) =>
        [$$"""{"method":"SUBSCRIBE","params":["{{string.Join("\",\"", Streams(symbol, options))}}"],"id":3}"""];

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [$$"""{"method":"UNSUBSCRIBE","params":["{{string.Join("\",\"", Streams(symbol, options))}}"],"id":4}"""];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) =>
        $"{SnapshotPrefix}{symbol}&limit={SnapshotLevelsOf(options)}";   // step 3

    /// <inheritdoc/>
    public static int SnapshotLevelsOf(SubscriptionOptions options) =>
        options.Depth == 0 ? Profile.DefaultDepth : options.Depth;

    /// <inheritdoc/>
    public static int SnapshotLevelsOf(Uri address) => QueryText.Number(address, "limit", UnaskedLevels);

    /// <inheritdoc/>
    public static IEnumerable<string> Renew(string symbol, SubscriptionOptions options)
    {
        var stream = DiffStream(symbol);
        return
        [
            $$"""{"method":"UNSUBSCRIBE","params":["{{stream}}"],"id":1}""",
            $$"""{"method":"SUBSCRIBE","params":["{{stream}}"],"id":2}""",
        ];
    }

    /// <summary>By the count of levels asked for.</summary>
    public static int SnapshotWeight(SubscriptionOptions options) =>
        SnapshotLevelsOf(options) switch
        {
            <= 100 => 5,
            <= 500 => 25,
            <= 1_000 => 50,
            _ => 250,
        };

    /// <inheritdoc/>
    public static int InstrumentsWeight => 20;

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => BinanceInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        if (address.AbsolutePath.EndsWith("/api/v3/exchangeInfo", StringComparison.Ordinal))
        {
            return RestRecord.Instruments;
        }

        if (!address.AbsolutePath.EndsWith("/api/v3/depth", StringComparison.Ordinal))
        {
            return RestRecord.Other;
        }

        symbol = QueryText.Value(address, "symbol");
        return RestRecord.Snapshot;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        depth = 0;
        return BinanceFrameDecoder.TryDiscover(frame, out symbol);
    }

    private static string[] Streams(string symbol, SubscriptionOptions options) => options.CrossCheck
        ? [DiffStream(symbol), symbol.ToLowerInvariant() + "@bookTicker"]   // step 10
        : [DiffStream(symbol)];

    private static string DiffStream(string symbol) => symbol.ToLowerInvariant() + "@depth@100ms";
}
