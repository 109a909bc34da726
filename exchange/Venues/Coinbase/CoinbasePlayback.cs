using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Coinbase;

/// <summary>Plays Coinbase Exchange recordings: all book data is on the socket, REST only lists products.</summary>
internal sealed class CoinbasePlayback : IPlaybackDialect
{
    private const string ProductsKey = "products";

    public IReadOnlyList<string> SocketPaths { get; } = ["/"];

    public SocketRules Rules { get; } = new();

    public IReadOnlyList<PlaybackRoute> Routes { get; } = [new("/products", _ => ProductsKey)];

    public bool PrintsDeclaredDecimals => true;

    public bool SubscribesByAddress(HttpRequest request) => false;

    public bool IsSubscribe(JsonElement frame) => RecordedJson.Text(frame, "type") == "subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) => payload.StartsWith("[{\"id\":"u8);

    public string? KeyOf(RecordedBody body, Recording recording) =>
        body.Address is null || body.Address.AbsolutePath.EndsWith("/products", StringComparison.Ordinal)
            ? ProductsKey
            : null;

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (RecordedJson.Text(payload, "type") == "snapshot" && RecordedJson.Text(payload, "product_id") is { } product)
        {
            shown.AddRows(product, payload, "bids");
            shown.AddRows(product, payload, "asks");
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        // The one body there is lists products; when it is there nothing has to be made.
    }

    public byte[]? Build(string key, ShownListings shown) => CoinbaseProduct.List(
        shown.All.Select(listing => new CoinbaseProduct(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals)));
}
