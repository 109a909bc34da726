using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Coinbase;

/// <summary>
/// Coinbase Exchange, channel <c>level2_batch</c>: snapshot on the socket, then changes of the whole book without
/// numbers and without a checksum. See the README beside this file.
/// </summary>
public readonly struct CoinbaseDialect : IVenueDialect<CoinbaseDialect>
{
    private const int RequestsMax = 50;   // half of what the venue takes in a second

    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "coinbase",
        LiveSocket = new Uri("wss://ws-feed.exchange.coinbase.com"),
        LiveRest = new Uri("https://api.exchange.coinbase.com"),
        ConnectionLimits = [new RestLimit(8, TimeSpan.FromSeconds(1))],
        ChainRule = ChainRule.None,   // step 5
        SnapshotSource = SnapshotSource.Socket,
        DataTerms = "public market data needs no account; Coinbase's market data terms govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new CoinbaseSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => "/products";

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        CoinbaseFrameDecoder.Decode(frame, decoder);

    /// <summary>Coinbase's snapshots come on the socket; a REST body is never asked for.</summary>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        FrameOutcome.Of(FrameKind.Ignored, book);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => $"{pair.Base}-{pair.Quote}";

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) => "";

    /// <summary>
    /// One product a request as long as there are few, so that one the venue does not have takes no other with it.
    /// </summary>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        symbols.Chunk((symbols.Count + RequestsMax - 1) / RequestsMax)
            .Select(static some => Request("subscribe", some, ",\"heartbeat\""));   // steps 2 and 8

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) =>
        [Request("unsubscribe", [symbol], ""), Request("subscribe", [symbol], "")];   // step 7

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [Request("unsubscribe", [symbol], ",\"heartbeat\"")];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => CoinbaseInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        return address.AbsolutePath.EndsWith("/products", StringComparison.Ordinal)
            ? RestRecord.Instruments
            : RestRecord.Other;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        depth = 0;
        return CoinbaseFrameDecoder.TryDiscover(frame, out symbol);
    }

    private static string Request(string type, IEnumerable<string> symbols, string alsoChannels) =>
        $$"""{"type":"{{type}}","product_ids":["{{string.Join("\",\"", symbols)}}"],"channels":["level2_batch"{{alsoChannels}}]}""";
}
