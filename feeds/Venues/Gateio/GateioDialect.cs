using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Gateio;

/// <summary>
/// Gate v4, spot: the obu streams with their snapshot on the socket, or the older channel whose updates bracket a REST
/// snapshot; the depth chooses. See the README beside this file.
/// </summary>
public readonly struct GateioDialect : IVenueDialect<GateioDialect>
{
    /// <summary>The depth that means the older channel: its updates and its REST snapshot have 100 levels.</summary>
    internal const int BracketedDepth = 100;

    private const int UnaskedLevels = 10;   // what the venue answers who names no limit
    private const string BookPath = "/api/v4/spot/order_book";

    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "gateio",
        LiveSocket = new Uri("wss://api.gateio.ws"),
        LiveRest = new Uri("https://api.gateio.ws"),
        ChainRule = ChainRule.Consecutive,   // steps 6 and 9
        SnapshotSource = SnapshotSource.Socket,
        Depths = [50, BracketedDepth, 400],   // steps 4 and 8
        DefaultDepth = 50,
        IsWindowed = true,
        KeepAliveEvery = TimeSpan.FromSeconds(15),   // step 11
        RestLimits = [new RestLimit(200, TimeSpan.FromSeconds(10))],
        DataTerms = "public market data needs no account; Gate's terms of use govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new GateioSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => "/api/v4/spot/currency_pairs";

    /// <inheritdoc/>
    public static SnapshotSource SourceOf(SubscriptionOptions options) =>
        options.Depth == BracketedDepth ? SnapshotSource.Rest : SnapshotSource.Socket;

    /// <summary>A stream is a window; the older channel's changes go beyond the snapshot.</summary>
    public static int WindowOf(SubscriptionOptions options) =>
        options.Depth == BracketedDepth ? 0 : options.Depth == 0 ? Profile.DefaultDepth : options.Depth;

    /// <inheritdoc/>
    public static string KeepAlive(long unixMillis) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"time":{{unixMillis / 1_000}},"channel":"spot.ping"}""");   // step 11

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        GateioFrameDecoder.Decode(frame, decoder);

    /// <inheritdoc/>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        SnapshotBody.Decode(book, body, "id"u8, decoder);   // step 9

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => $"{pair.Base}_{pair.Quote}";

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        "/ws/v4/";   // step 1

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options)
    {
        foreach (var symbol in symbols)
        {
            yield return Request("subscribe", symbol, options);   // step 2
        }
    }

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) =>
        SourceOf(options) == SnapshotSource.Rest
            ? []
            : Renew(symbol, options);   // step 7

    /// <inheritdoc/>
    public static IEnumerable<string> Renew(string symbol, SubscriptionOptions options) =>
        [Request("unsubscribe", symbol, options), Request("subscribe", symbol, options)];

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [Request("unsubscribe", symbol, options)];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) =>
        $"{BookPath}?currency_pair={symbol}&limit={BracketedDepth}&with_id=true";   // step 9

    /// <inheritdoc/>
    public static int SnapshotLevelsOf(SubscriptionOptions options) =>
        SourceOf(options) == SnapshotSource.Rest ? BracketedDepth : 0;

    /// <inheritdoc/>
    public static int SnapshotLevelsOf(Uri address) => QueryText.Number(address, "limit", UnaskedLevels);

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => GateioInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        if (address.AbsolutePath.EndsWith("/spot/currency_pairs", StringComparison.Ordinal))
        {
            return RestRecord.Instruments;
        }

        if (!address.AbsolutePath.EndsWith("/spot/order_book", StringComparison.Ordinal))
        {
            return RestRecord.Other;
        }

        symbol = QueryText.Value(address, "currency_pair");
        return RestRecord.Snapshot;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth) =>
        GateioFrameDecoder.TryDiscover(frame, out symbol, out depth);

    private static string Request(string what, string symbol, SubscriptionOptions options)
    {
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var (channel, payload) = SourceOf(options) == SnapshotSource.Rest
            ? ("spot.order_book_update", $"\"{symbol}\",\"100ms\"")
            : ("spot.obu", $"\"ob.{symbol}.{WindowOf(options)}\"");
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"time":{{seconds}},"channel":"{{channel}}","event":"{{what}}","payload":[{{payload}}]}""");
    }
}
