using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Bitstamp;

/// <summary>Plays Bitstamp recordings: order_book bodies by pair.</summary>
internal sealed class BitstampPlayback : IPlaybackDialect
{
    private const string TradingPairsKey = "trading-pairs-info";
    private const string MarketsKey = "markets";
    private const string BookPrefix = "order_book ";

    private static readonly string[] BookChannels = ["diff_order_book_", "order_book_"];

    public IReadOnlyList<string> SocketPaths { get; } = ["/"];

    public SocketRules Rules => BitstampSession.Rules;

    public IReadOnlyList<PlaybackRoute> Routes { get; } =
    [
        new("/api/v2/order_book/{pair}", request => BookPrefix + request.RouteValues["pair"]),
        new("/api/v2/trading-pairs-info", _ => TradingPairsKey),
        new("/api/v2/markets", _ => MarketsKey),
    ];

    public bool PrintsDeclaredDecimals => true;

    public bool SubscribesByAddress(HttpRequest request) => false;

    public bool IsSubscribe(JsonElement frame) =>
        RecordedJson.Text(frame, "event") == "bts:subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) =>
        payload.StartsWith("{\"timestamp\""u8) && payload.IndexOf("\"channel\""u8) < 0;

    public string? KeyOf(RecordedBody body, Recording recording) =>
        body.Address?.AbsolutePath.TrimEnd('/').Split('/') switch
        {
            [.., TradingPairsKey] => TradingPairsKey,
            [.., MarketsKey] => MarketsKey,
            [.., "order_book", var pair] => BookPrefix + pair,
            _ => null,
        };

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (RecordedJson.Text(payload, "channel") is { } name
            && Array.Find(BookChannels, prefix => name.StartsWith(prefix, StringComparison.Ordinal)) is { } kind
            && payload.TryGetProperty("data", out var book))
        {
            AddBook(name[kind.Length..], book, shown);
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        if (key.StartsWith(BookPrefix, StringComparison.Ordinal))
        {
            AddBook(key[BookPrefix.Length..], body, shown);
        }
    }

    public byte[]? Build(string key, ShownListings shown)
    {
        var pairs = shown.All.Select(listing => new BitstampPair(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals));
        return key switch
        {
            TradingPairsKey => BitstampPair.TradingPairs(pairs),
            MarketsKey => BitstampPair.Markets(pairs),
            _ => null,
        };
    }

    private static void AddBook(string pair, JsonElement book, ShownListings shown)
    {
        shown.AddRows(pair, book, "bids");
        shown.AddRows(pair, book, "asks");
    }
}
