using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;

namespace LowLatencyQuoter.Feeds.Venues.Cryptocom;

/// <summary>
/// Crypto.com Exchange websocket v1, channel <c>book</c> with snapshot and updates on the socket, linked by ids. See
/// the README beside this file.
/// </summary>
public readonly struct CryptocomDialect : IVenueDialect<CryptocomDialect>
{
    private const string InstrumentsName = "/exchange/v1/public/get-instruments";
    private const int SinglesMax = 40;   // step 3: one wrong name spoils only its own request
    private const int ChannelsPerRequest = 100;

    /// <inheritdoc/>
    public static VenueProfile Profile { get; } = new()
    {
        Name = "cryptocom",
        LiveSocket = new Uri("wss://stream.crypto.com"),
        LiveRest = new Uri("https://api.crypto.com"),
        ChainRule = ChainRule.Linked,   // step 5
        SnapshotSource = SnapshotSource.Socket,
        SubscribesAfter = TimeSpan.FromSeconds(1),   // step 1
        DefaultDepth = 50,
        Depths = [10, 50],   // step 2
        DataTerms = "public market data needs no account; Crypto.com's exchange terms govern redistribution",
    };

    /// <inheritdoc/>
    public static ISamplePrinter Samples { get; } = new CryptocomSamples();

    /// <inheritdoc/>
    public static string InstrumentsPath => InstrumentsName;

    /// <inheritdoc/>
    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        CryptocomFrameDecoder.Decode(frame, decoder);

    /// <summary>Crypto.com's snapshots come on the socket; a REST body is never asked for.</summary>
    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        FrameOutcome.Of(FrameKind.Ignored, book);

    /// <inheritdoc/>
    public static string SymbolOf(Pair pair) => $"{pair.Base}_{pair.Quote}";   // step 8

    /// <inheritdoc/>
    public static int WriteAnswer(ReadOnlySpan<byte> frame, Span<byte> answer)   // step 6
    {
        if (!CryptocomFrameDecoder.TryReadHeartbeat(frame, out var id))
        {
            return 0;
        }

        var head = "{\"id\":"u8;
        var tail = ",\"method\":\"public/respond-heartbeat\"}"u8;
        head.CopyTo(answer);
        id.TryFormat(answer[head.Length..], out var digits, default, CultureInfo.InvariantCulture);
        tail.CopyTo(answer[(head.Length + digits)..]);
        return head.Length + digits + tail.Length;
    }

    /// <inheritdoc/>
    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        "/exchange/v1/market";

    /// <inheritdoc/>
    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        symbols.Chunk(symbols.Count <= SinglesMax ? 1 : ChannelsPerRequest)
            .Select((some, number) => Request("subscribe", number + 1, some, options));   // step 2

    /// <inheritdoc/>
    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) =>
        [Request("unsubscribe", 1, [symbol], options), Request("subscribe", 2, [symbol], options)];   // step 5

    /// <inheritdoc/>
    public static IEnumerable<string> Unsubscribe(string symbol, SubscriptionOptions options, long channel) =>
        [Request("unsubscribe", 1, [symbol], options)];

    /// <inheritdoc/>
    public static string SnapshotPath(string symbol, SubscriptionOptions options) => "";

    /// <inheritdoc/>
    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) => CryptocomInstruments.Read(body);

    /// <inheritdoc/>
    public static RestRecord Classify(Uri address, out string symbol)
    {
        symbol = "";
        return address.AbsolutePath.EndsWith("/public/get-instruments", StringComparison.Ordinal)
            ? RestRecord.Instruments
            : RestRecord.Other;
    }

    /// <inheritdoc/>
    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth) =>
        CryptocomFrameDecoder.TryDiscover(frame, out symbol, out depth);

    private static string Request(string method, int id, IEnumerable<string> symbols, SubscriptionOptions options)
    {
        var depth = options.Depth == 0 ? Profile.DefaultDepth : options.Depth;
        var channels = new StringBuilder();
        foreach (var symbol in symbols)
        {
            channels.Append(channels.Length == 0 ? "" : ",")
                .Append(CultureInfo.InvariantCulture, $"\"book.{symbol}.{depth}\"");
        }

        var choices = method == "subscribe"
            ? ",\"book_subscription_type\":\"SNAPSHOT_AND_UPDATE\",\"book_update_frequency\":10"
            : "";
        var millis = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"id":{{{id}}},"method":"{{{method}}}","params":{"channels":[{{{channels}}}]{{{choices}}}},"nonce":{{{millis}}}}""");
    }
}
