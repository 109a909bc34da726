using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Okx;

/// <summary>
/// OKX websocket v5, channel <c>books</c> of spot: snapshot on the socket, updates linked by ids, 400 levels a side, a
/// CRC-32 where it is still sent. See the README beside this file.
/// </summary>
public readonly struct OkxDialect : IVenueDialect<OkxDialect>
{
    private const int ArgumentsMax = 500;   // of at most 60 bytes each: half of the 64 KiB that a request may have

    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "okx",
        LiveSocket = new Uri("wss://ws.okx.com:8443"),
        LiveRest = new Uri("https://www.okx.com"),
        ConnectionLimits = [new RestLimit(3, TimeSpan.FromSeconds(1))],
        ChainRule = ChainRule.Linked,   // step 4
        SnapshotSource = SnapshotSource.Socket,
        ScaleSource = ScaleSource.ShortestText,   // step 6
        ChecksumPolicy = ChecksumPolicy.Enforce,
        KeepAliveEvery = TimeSpan.FromSeconds(20),   // step 8
        DataTerms = "public market data needs no account; OKX's API agreement governs redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new OkxSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => "/api/v5/public/instruments?instType=SPOT";

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        OkxFrameDecoder.Decode(frame, decoder);

    /// <summary>OKX's snapshots come on the socket; a REST body is never asked for.</summary>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        FrameOutcome.Of(FrameKind.Ignored, book);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => $"{pair.Base}-{pair.Quote}";

    /// <inheritdoc/>
    public static string KeepAlive(long unixMillis) => "ping";   // step 8

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) => "/ws/v5/public";

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        symbols.Chunk(ArgumentsMax).Select(static some => Request("subscribe", some));   // step 2

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) =>
        [Request("unsubscribe", [symbol]), Request("subscribe", [symbol])];   // step 7

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [Request("unsubscribe", [symbol])];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => OkxInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        return address.AbsolutePath.EndsWith("/api/v5/public/instruments", StringComparison.Ordinal)
            ? RestRecord.Instruments
            : RestRecord.Other;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth)
    {
        depth = 0;
        return OkxFrameDecoder.TryDiscover(frame, out symbol);
    }

    private static string Request(string operation, IEnumerable<string> symbols)
    {
        var arguments = symbols.Select(static symbol => $$"""{"channel":"books","instId":"{{symbol}}"}""");
        return $$"""{"op":"{{operation}}","args":[{{string.Join(',', arguments)}}]}""";
    }
}
