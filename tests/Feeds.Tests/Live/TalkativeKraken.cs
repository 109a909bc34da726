using System;
using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Model;
using LowLatencyQuoter.Feeds.Samples;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Feeds.Venues.Kraken;

namespace LowLatencyQuoter.Feeds.Tests.Live;

/// <summary>A venue that reads as Kraken and wants to hear from its clients every 100 ms.</summary>
internal readonly struct TalkativeKraken : IVenueDialect<TalkativeKraken>
{
    public static VenueProfile Profile { get; } = KrakenDialect.Profile with
    {
        KeepAliveEvery = TimeSpan.FromMilliseconds(100),
    };

    public static ISamplePrinter Samples => KrakenDialect.Samples;

    public static string InstrumentsPath => KrakenDialect.InstrumentsPath;

    public static string KeepAlive(long unixMillis) => "still here";

    public static FrameOutcome Decode(ReadOnlySpan<byte> frame, DepthDecoder decoder) =>
        KrakenDialect.Decode(frame, decoder);

    public static FrameOutcome DecodeSnapshot(int book, ReadOnlySpan<byte> body, DepthDecoder decoder) =>
        KrakenDialect.DecodeSnapshot(book, body, decoder);

    public static string SymbolOf(Pair pair) => KrakenDialect.SymbolOf(pair);

    public static string SocketPath(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        KrakenDialect.SocketPath(symbols, options);

    public static IEnumerable<string> Subscribe(IReadOnlyList<string> symbols, SubscriptionOptions options) =>
        KrakenDialect.Subscribe(symbols, options);

    public static IEnumerable<string> Resubscribe(string symbol, SubscriptionOptions options) => [];

    public static string SnapshotPath(string symbol, SubscriptionOptions options) => "";

    public static IEnumerable<Precision> ReadInstruments(ReadOnlyMemory<byte> body) =>
        KrakenDialect.ReadInstruments(body);

    public static RestRecord Classify(Uri address, out string symbol) => KrakenDialect.Classify(address, out symbol);

    public static bool TryDiscover(ReadOnlySpan<byte> frame, out string symbol, out int depth) =>
        KrakenDialect.TryDiscover(frame, out symbol, out depth);
}
