using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Bybit;

/// <summary>
/// Bybit websocket v5, spot: snapshot on the socket, deltas whose ids rise by one, a window that the venue keeps. See
/// the README beside this file.
/// </summary>
public readonly struct BybitDialect : IVenueDialect<BybitDialect>
{
    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "bybit",
        LiveSocket = new Uri("wss://stream.bybit.com"),
        LiveRest = new Uri("https://api.bybit.com"),
        ConnectionLimits = [new RestLimit(500, TimeSpan.FromMinutes(5))],
        ChainRule = ChainRule.Successive,   // step 4
        SnapshotSource = SnapshotSource.Socket,
        Depths = [1, 50, 200, 1_000],
        DefaultDepth = 50,
        KeepAliveEvery = TimeSpan.FromSeconds(20),   // step 8
        DataTerms = "public market data needs no account; Bybit's API terms govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new BybitSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => "/v5/market/instruments-info?category=spot";

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        BybitFrameDecoder.Decode(frame, decoder);

    /// <summary>Bybit's snapshots come on the socket; a REST body is never asked for.</summary>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        FrameOutcome.Of(FrameKind.Ignored, book);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => pair.Base + pair.Quote;

    /// <inheritdoc/>
    public static string KeepAlive(long unixMillis) => """{"op":"ping"}""";   // step 8

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) => "/v5/public/spot";

    /// <summary>One topic a request, named by its symbol, so that a refusal is of one book.</summary>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        symbols.Select(symbol => Request("subscribe", symbol, options));   // step 2

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) =>
        [Request("unsubscribe", symbol, options), Request("subscribe", symbol, options)];   // step 7

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [Request("unsubscribe", symbol, options)];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => BybitInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        return address.AbsolutePath.EndsWith("/v5/market/instruments-info", StringComparison.Ordinal)
            ? RestRecord.Instruments
            : RestRecord.Other;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        depth = 0;
        return BybitFrameDecoder.TryDiscover(frame, out symbol);
    }

    private static string Request(string operation, string symbol, SubscriptionOptions options)
    {
        var depth = options.Depth == 0 ? Profile.DefaultDepth : options.Depth;
        return $$"""{"req_id":"{{symbol}}","op":"{{operation}}","args":["orderbook.{{depth}}.{{symbol}}"]}""";
    }
}
