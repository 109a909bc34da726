using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.KuCoin;

/// <summary>
/// Plays KuCoin recordings: books by symbol. The recorded welcome comes unasked, so a replay starts with its
/// connection; whatever token a client brings is good.
/// </summary>
internal sealed class KuCoinPlayback : IPlaybackDialect
{
    private const string SymbolsKey = "symbols";
    private const string BookPrefix = "level2 ";
    private const string Level2Topic = "/market/level2:";

    public IReadOnlyList<string> SocketPaths { get; } = ["/"];

    public SocketRules Rules { get; } = new();

    public IReadOnlyList<PlaybackRoute> Routes { get; } =
    [
        new("/api/v1/market/orderbook/level2_20", BookKey),
        new("/api/v1/market/orderbook/level2_100", BookKey),
        new("/api/v3/market/orderbook/level2", BookKey),
        new("/api/v1/symbols", _ => SymbolsKey),
        new("/api/v2/symbols", _ => SymbolsKey),
    ];

    public bool PrintsDeclaredDecimals => false;

    public void Map(VenueRoutes routes) => routes.Post("/api/v1/bullet-public", context =>
    {
        context.Response.ContentType = "application/json";
        var body = KuCoinTokens.Body(context.Request, "recorded", new KuCoinLimits().PingInterval);
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    });

    public bool SubscribesByAddress(HttpRequest request) => true;

    public bool IsSubscribe(JsonElement frame) => RecordedJson.Text(frame, "type") == "subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) => payload.StartsWith("{\"code\":"u8);

    public string? KeyOf(RecordedBody body, Recording recording)
    {
        var path = body.Address?.AbsolutePath ?? string.Empty;
        if (path.EndsWith("/symbols", StringComparison.Ordinal))
        {
            return SymbolsKey;
        }

        var query = body.Address?.Query ?? string.Empty;
        return path.Contains("/market/orderbook/level2", StringComparison.Ordinal)
            && query.StartsWith("?symbol=", StringComparison.Ordinal)
                ? BookPrefix + query["?symbol=".Length..]
                : null;
    }

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (RecordedJson.Text(payload, "topic") is { } topic
            && topic.StartsWith(Level2Topic, StringComparison.Ordinal)
            && payload.TryGetProperty("data", out var update)
            && update.ValueKind == JsonValueKind.Object && update.TryGetProperty("changes", out var changes))
        {
            shown.AddRows(topic[Level2Topic.Length..], changes, "bids");
            shown.AddRows(topic[Level2Topic.Length..], changes, "asks");
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        if (key.StartsWith(BookPrefix, StringComparison.Ordinal) && body.TryGetProperty("data", out var book))
        {
            shown.AddRows(key[BookPrefix.Length..], book, "bids");
            shown.AddRows(key[BookPrefix.Length..], book, "asks");
        }
    }

    public byte[]? Build(string key, ShownListings shown) => key != SymbolsKey
        ? null
        : KuCoinJson.Symbols(shown.All.Select(listing => new KuCoinSymbol(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals)));

    private static string BookKey(HttpRequest request) => BookPrefix + request.Query["symbol"];
}
