using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Kraken;

/// <summary>Plays Kraken recordings: all book data is on the socket, REST only lists pairs.</summary>
internal sealed class KrakenPlayback : IPlaybackDialect
{
    private const string AssetPairsKey = "AssetPairs";

    public IReadOnlyList<string> SocketPaths { get; } = ["/v2"];

    public SocketRules Rules { get; } = new();

    public IReadOnlyList<PlaybackRoute> Routes { get; } = [new("/0/public/AssetPairs", _ => AssetPairsKey)];

    public bool PrintsDeclaredDecimals => true;

    public bool SubscribesByAddress(HttpRequest request) => false;

    public bool IsSubscribe(JsonElement frame) =>
        RecordedJson.Text(frame, "method") == "subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) => payload.StartsWith("{\"error\":["u8);

    public string? KeyOf(RecordedBody body, Recording recording) =>
        body.Address is null || body.Address.AbsolutePath.EndsWith("/AssetPairs", StringComparison.Ordinal)
            ? AssetPairsKey
            : null;

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (RecordedJson.Text(payload, "channel") != "book"
            || !payload.TryGetProperty("data", out var books) || books.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var book in books.EnumerateArray())
        {
            if (RecordedJson.Text(book, "symbol") is { } symbol)
            {
                shown.AddRows(symbol, book, "bids", "price", "qty");
                shown.AddRows(symbol, book, "asks", "price", "qty");
            }
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        // The one body there is lists pairs; when it is there nothing has to be made.
    }

    public byte[]? Build(string key, ShownListings shown) => KrakenPair.AssetPairs(
        [.. shown.All.Select(listing => new KrakenPair(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals))],
        filter: string.Empty);
}
