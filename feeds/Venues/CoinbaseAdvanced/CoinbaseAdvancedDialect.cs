using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.CoinbaseAdvanced;

/// <summary>
/// Coinbase Advanced Trade, channel <c>level2</c>: snapshot on the socket, then changes of the whole book; the messages
/// of a connection are numbered whatever they are about. See the README beside this file.
/// </summary>
public readonly struct CoinbaseAdvancedDialect : IVenueDialect<CoinbaseAdvancedDialect>
{
    private const int RequestsMax = 6;   // of the 8 that the venue takes in a second, two for others

    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "coinbase_advanced",
        LiveSocket = new Uri("wss://advanced-trade-ws.coinbase.com"),
        LiveRest = new Uri("https://api.coinbase.com"),
        ConnectionLimits = [new RestLimit(8, TimeSpan.FromSeconds(1))],
        ChainRule = ChainRule.None,
        SnapshotSource = SnapshotSource.Socket,
        NumbersMessages = true,   // step 5
        SameBookAs = "coinbase",
        DataTerms = "public market data needs no account; Coinbase's market data terms govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new CoinbaseAdvancedSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => "/api/v3/brokerage/market/products";

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        CoinbaseAdvancedFrameDecoder.Decode(frame, decoder);

    /// <summary>Snapshots come on the socket; a REST body is never asked for.</summary>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        FrameOutcome.Of(FrameKind.Ignored, book);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => $"{pair.Base}-{pair.Quote}";

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) => "";

    /// <summary>The heartbeats first; then one product a request as long as there are few.</summary>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        symbols.Chunk((symbols.Count + RequestsMax - 1) / RequestsMax)
            .Select(static some => Request("subscribe", some))                        // step 2
            .Prepend("""{"type":"subscribe","product_ids":[],"channel":"heartbeats"}""");   // step 8

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) =>
        [Request("unsubscribe", [symbol]), Request("subscribe", [symbol])];   // step 7

    /// <inheritdoc/>
    public static IEnumerable<string> SubscribeAlso(string symbol, SubscriptionOptions options) =>
        [Request("subscribe", [symbol])];

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [Request("unsubscribe", [symbol])];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) =>
        CoinbaseAdvancedInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        return address.AbsolutePath.EndsWith("/market/products", StringComparison.Ordinal)
            ? RestRecord.Instruments
            : RestRecord.Other;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        depth = 0;
        return CoinbaseAdvancedFrameDecoder.TryDiscover(frame, out symbol);
    }

    private static string Request(string type, IEnumerable<string> symbols) =>
        $$"""{"type":"{{type}}","product_ids":["{{string.Join("\",\"", symbols)}}"],"channel":"level2"}""";
}
