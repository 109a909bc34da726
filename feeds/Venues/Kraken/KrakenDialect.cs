using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Kraken;

/// <summary>
/// Kraken websocket v2: snapshot on the socket, changes without numbers, a window that the client cuts itself, CRC-32
/// over the ten best levels. See the README beside this file.
/// </summary>
public readonly struct KrakenDialect : IVenueDialect<KrakenDialect>
{
    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "kraken",
        LiveSocket = new Uri("wss://ws.kraken.com"),
        LiveRest = new Uri("https://api.kraken.com"),
        ConnectionLimits = [new RestLimit(150, TimeSpan.FromMinutes(10))],   // reported, not promised
        ChainRule = ChainRule.None,
        SnapshotSource = SnapshotSource.Socket,
        ScaleSource = ScaleSource.WrittenDigits,   // step 5
        Depths = [10, 25, 100, 500, 1_000],
        DefaultDepth = 100,
        IsWindowed = true,   // step 4
        ChecksumPolicy = ChecksumPolicy.Enforce,
        DataTerms = "public market data needs no account; Kraken's API terms govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new KrakenSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => "/0/public/AssetPairs";

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        KrakenFrameDecoder.Decode(frame, decoder);

    /// <summary>Kraken's snapshots come on the socket; a REST body is never asked for.</summary>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        FrameOutcome.Of(FrameKind.Ignored, book);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => pair.ToString();

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) => "/v2";

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        [Request("subscribe", string.Join("\",\"", symbols), options)];

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) =>
        [Request("unsubscribe", symbol, options), Request("subscribe", symbol, options)];   // step 7

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [Request("unsubscribe", symbol, options)];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => KrakenInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        return address.AbsolutePath.EndsWith("/0/public/AssetPairs", StringComparison.Ordinal)
            ? RestRecord.Instruments
            : RestRecord.Other;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth) =>
        KrakenFrameDecoder.TryDiscover(frame, out symbol, out depth);

    private static string Request(string method, string symbols, SubscriptionOptions options)
    {
        var depth = options.Depth == 0 ? Profile.DefaultDepth : options.Depth;
        return $$$"""{"method":"{{{method}}}","params":{"channel":"book","symbol":["{{{symbols}}}"],"depth":{{{depth}}}}}""";
    }
}
