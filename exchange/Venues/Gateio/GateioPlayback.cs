using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Gateio;

/// <summary>Plays Gate recordings: books by pair.</summary>
internal sealed class GateioPlayback : IPlaybackDialect
{
    private const string PairsKey = "currency_pairs";
    private const string BookPrefix = "order_book ";
    private const string PairParameter = "currency_pair";

    public IReadOnlyList<string> SocketPaths { get; } = ["/ws/v4"];

    public SocketRules Rules { get; } = new();

    public IReadOnlyList<PlaybackRoute> Routes { get; } =
    [
        new("/api/v4/spot/order_book", request => BookPrefix + request.Query[PairParameter]),
        new("/api/v4/spot/currency_pairs", _ => PairsKey),
    ];

    public bool PrintsDeclaredDecimals => false;

    public bool SubscribesByAddress(HttpRequest request) => false;

    public bool IsSubscribe(JsonElement frame) => RecordedJson.Text(frame, "event") == "subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) => payload.StartsWith("{\"id\":"u8);

    public string? KeyOf(RecordedBody body, Recording recording)
    {
        var path = body.Address?.AbsolutePath ?? string.Empty;
        if (path.EndsWith("/currency_pairs", StringComparison.Ordinal))
        {
            return PairsKey;
        }

        if (!path.EndsWith("/order_book", StringComparison.Ordinal))
        {
            return null;
        }

        return body.Address!.Query.TrimStart('?').Split('&')
            .Where(static part => part.StartsWith(PairParameter + "=", StringComparison.Ordinal))
            .Select(static part => BookPrefix + part[(PairParameter.Length + 1)..])
            .FirstOrDefault();
    }

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (RecordedJson.Text(payload, "channel") == "spot.order_book_update"
            && payload.TryGetProperty("result", out var update) && RecordedJson.Text(update, "s") is { } pair)
        {
            shown.AddRows(pair, update, "b");
            shown.AddRows(pair, update, "a");
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        if (key.StartsWith(BookPrefix, StringComparison.Ordinal))
        {
            shown.AddRows(key[BookPrefix.Length..], body, "bids");
            shown.AddRows(key[BookPrefix.Length..], body, "asks");
        }
    }

    public byte[]? Build(string key, ShownListings shown) => key != PairsKey
        ? null
        : GateioPair.List(shown.All.Select(listing => new GateioPair(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals)));
}
