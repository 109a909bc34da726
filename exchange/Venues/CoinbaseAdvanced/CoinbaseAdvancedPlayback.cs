using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.CoinbaseAdvanced;

/// <summary>
/// Plays Coinbase Advanced Trade recordings: all book data is on the socket, REST only lists products.
/// </summary>
internal sealed class CoinbaseAdvancedPlayback : IPlaybackDialect
{
    private const string ProductsKey = "products";

    public IReadOnlyList<string> SocketPaths { get; } = ["/"];

    public SocketRules Rules { get; } = new();

    public IReadOnlyList<PlaybackRoute> Routes { get; } =
    [
        new("/api/v3/brokerage/market/products", _ => ProductsKey),
    ];

    public bool PrintsDeclaredDecimals => false;

    public bool SubscribesByAddress(HttpRequest request) => false;

    public bool IsSubscribe(JsonElement frame) => RecordedJson.Text(frame, "type") == "subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) => payload.StartsWith("{\"products\":"u8);

    public string? KeyOf(RecordedBody body, Recording recording) =>
        body.Address is null || body.Address.AbsolutePath.EndsWith("/market/products", StringComparison.Ordinal)
            ? ProductsKey
            : null;

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (RecordedJson.Text(payload, "channel") != "l2_data"
            || !payload.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var item in events.EnumerateArray())
        {
            if (RecordedJson.Text(item, "product_id") is { } product)
            {
                shown.AddRows(product, item, "updates", "price_level", "new_quantity");
            }
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        // The one body there is lists products; when it is there nothing has to be made.
    }

    public byte[]? Build(string key, ShownListings shown) => CoinbaseAdvancedProduct.List(
    [
        .. shown.All.Select(listing => new CoinbaseAdvancedProduct(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals)),
    ]);
}
