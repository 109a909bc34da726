using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Bitfinex;

/// <summary>
/// Bitfinex websocket v2, channel <c>book</c> of precision P0: snapshot on the socket, numbered frames, a CRC-32 of 25
/// levels a side. See the README beside this file.
/// </summary>
public readonly struct BitfinexDialect : IVenueDialect<BitfinexDialect>
{
    private const string InstrumentsName = "/v2/conf/pub:list:pair:exchange";

    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "bitfinex",
        LiveSocket = new Uri("wss://api-pub.bitfinex.com"),
        LiveRest = new Uri("https://api-pub.bitfinex.com"),
        ConnectionLimits = [new RestLimit(20, TimeSpan.FromMinutes(1))],
        ChainRule = ChainRule.None,   // step 7: the socket is numbered, not the book
        SnapshotSource = SnapshotSource.Socket,
        ScaleSource = ScaleSource.ShortestNumber,   // step 8
        ChecksumPolicy = ChecksumPolicy.Enforce,
        SubscribesAfterWelcome = true,   // step 2
        ConfirmsFlags = true,   // step 3
        DefaultDepth = 100,
        Depths = [25, 100, 250],   // step 4; a book of 1 has not the levels that a checksum is of
        DataTerms = "public market data needs no account; Bitfinex's API terms of service govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new BitfinexSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => InstrumentsName;

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        BitfinexFrameDecoder.Decode(frame, decoder);

    /// <summary>Bitfinex's snapshots come on the socket; a REST body is never asked for.</summary>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        FrameOutcome.Of(FrameKind.Ignored, book);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => BitfinexSymbol.Of(pair);

    /// <inheritdoc/>
    public static string KeepAlive(long unixMillis) => """{"event":"ping","cid":1}""";   // step 9

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) => "/ws/2";

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        symbols.Select(symbol => Request(symbol, options)).Prepend(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"event":"conf","flags":{{BitfinexFlags.Sequence | BitfinexFlags.Checksum}}}"""));   // step 3

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) =>
        [Request(symbol, options)];

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options, long channel) =>
        channel == 0
            ? Resubscribe(symbol, options)
            : Resubscribe(symbol, options).Prepend(string.Create(
                CultureInfo.InvariantCulture, $$"""{"event":"unsubscribe","chanId":{{channel}}}"""));   // step 8

    /// <inheritdoc/>
    public static IEnumerable<string> SubscribeAlso(string symbol, SubscriptionOptions options) =>
        [Request(symbol, options)];

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        channel == 0
            ? []   // step 8: without a number there is nothing to name
            : [string.Create(CultureInfo.InvariantCulture, $$"""{"event":"unsubscribe","chanId":{{channel}}}""")];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => BitfinexInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        return Uri.UnescapeDataString(address.AbsolutePath).EndsWith(InstrumentsName, StringComparison.Ordinal)
            ? RestRecord.Instruments
            : RestRecord.Other;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth) =>
        BitfinexFrameDecoder.TryDiscover(frame, out symbol, out depth);

    private static string Request(string symbol, SubscriptionOptions options)   // step 4
    {
        var length = options.Depth == 0 ? Profile.DefaultDepth : options.Depth;
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"event":"subscribe","channel":"book","symbol":"{{symbol}}","prec":"P0","freq":"F0","len":"{{length}}"}""");
    }
}
