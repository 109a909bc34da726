using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.KuCoin;

/// <summary>
/// KuCoin's classic public websocket: a token before each connection, changed levels with a chained sequence on a REST
/// snapshot, the ticker as a cross check. See the README beside this file.
/// </summary>
public readonly struct KuCoinDialect : IVenueDialect<KuCoinDialect>
{
    private const string SnapshotPrefix = "/api/v1/market/orderbook/level2_";
    private const int SymbolsPerTopic = 100;   // step 4
    private const int SinglesMax = 40;         // with tickers 80 of the 100 frames that 10 s allow

    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "kucoin",
        LiveSocket = new Uri("wss://ws-api-spot.kucoin.com"),
        LiveRest = new Uri("https://api.kucoin.com"),
        ConnectionLife = TimeSpan.FromHours(24),   // the token's too
        ChainRule = ChainRule.Contiguous,   // steps 7 and 8
        SnapshotSource = SnapshotSource.Rest,
        HasTopFeed = true,
        SubscribesAfterWelcome = true,   // step 3
        DefaultDepth = 100,
        Depths = [20, 100],   // step 6
        RestLimits = [new RestLimit(2_000, TimeSpan.FromSeconds(30))],
        DataTerms = "public market data needs no account; KuCoin's terms of use govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new KuCoinSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => "/api/v2/symbols";

    /// <inheritdoc/>
    public static string AdmissionPath => "/api/v1/bullet-public";   // step 1

    /// <inheritdoc/>
    public static Admission ReadAdmission(ReadOnlyMemory<byte> body) => KuCoinAdmission.Read(body);

    /// <inheritdoc/>
    public static string KeepAlive(long unixMillis) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"id":"{{unixMillis}}","type":"ping"}""");   // step 10

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        KuCoinFrameDecoder.Decode(frame, decoder);

    /// <inheritdoc/>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        KuCoinFrameDecoder.DecodeSnapshot(book, body, decoder);

    /// <summary>The venue's symbols keep the code that an asset was listed with; step 12.</summary>
    public static string SymbolOf(Pair pair) => $"{(pair.Base == "BSV" ? "BCHSV" : pair.Base)}-{pair.Quote}";

    /// <summary>The address comes with the token.</summary>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options)
    {
        var perTopic = symbols.Count <= SinglesMax ? 1 : SymbolsPerTopic;
        for (var at = 0; at < symbols.Count; at += perTopic)
        {
            var names = new List<string>();
            for (var index = at; index < Math.Min(symbols.Count, at + perTopic); index++)
            {
                names.Add(symbols[index]);
            }

            var list = string.Join(',', names);
            yield return Request(names.Count == 1 ? list : "level2", "level2", list);
            if (options.CrossCheck)
            {
                yield return Request("ticker", "ticker", list);   // step 11
            }
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) => [];

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        options.CrossCheck
            ? [Request(symbol, "level2", symbol, "unsubscribe"), Request("ticker", "ticker", symbol, "unsubscribe")]
            : [Request(symbol, "level2", symbol, "unsubscribe")];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) =>
        $"{SnapshotPrefix}{SnapshotLevelsOf(options)}?symbol={symbol}";   // step 6

    /// <inheritdoc/>
    public static int SnapshotLevelsOf(SubscriptionOptions options) =>
        options.Depth == 0 ? Profile.DefaultDepth : options.Depth;

    /// <summary>The path without a number is that of the whole book.</summary>
    public static int SnapshotLevelsOf(Uri address)
    {
        var path = address.AbsolutePath;
        var number = path[(path.LastIndexOf('_') + 1)..];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var levels) ? levels : 0;
    }

    /// <inheritdoc/>
    public static IEnumerable<string> Renew(string symbol, SubscriptionOptions options) =>
        [Request(symbol, "level2", symbol, "unsubscribe"), Request(symbol, "level2", symbol)];

    /// <inheritdoc/>
    public static int SnapshotWeight(SubscriptionOptions options) => 2;

    /// <inheritdoc/>
    public static int AdmissionWeight => 10;

    /// <inheritdoc/>
    public static int InstrumentsWeight => 4;

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => KuCoinInstruments.Read(body);

    /// <summary>Recordings may be older than the keyless book of 100 levels, and than the second list.</summary>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        var path = address.AbsolutePath;
        if (path.EndsWith("/api/v2/symbols", StringComparison.Ordinal)
            || path.EndsWith("/api/v1/symbols", StringComparison.Ordinal))
        {
            return RestRecord.Instruments;
        }

        if (!path.Contains("/market/orderbook/level2", StringComparison.Ordinal))
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
        return KuCoinFrameDecoder.TryDiscover(frame, out symbol);
    }

    /// <summary>The id comes back with the answer: one that names the only symbol tells whose refusal it is.</summary>
    private static string Request(string id, string channel, string symbols, string type = "subscribe") =>
        $$"""{"id":"{{id}}","type":"{{type}}","topic":"/market/{{channel}}:{{symbols}}","privateChannel":false,"response":true}""";
}
