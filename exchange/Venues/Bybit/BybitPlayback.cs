using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Bybit;

/// <summary>Plays Bybit recordings: all book data is on the socket, REST only lists instruments.</summary>
internal sealed class BybitPlayback : IPlaybackDialect
{
    private const string InstrumentsKey = "instruments-info";

    public IReadOnlyList<string> SocketPaths { get; } = ["/v5/public/spot"];

    public SocketRules Rules { get; } = new();

    public IReadOnlyList<PlaybackRoute> Routes { get; } =
    [
        new("/v5/market/instruments-info", _ => InstrumentsKey),
    ];

    public bool PrintsDeclaredDecimals => false;

    public bool SubscribesByAddress(HttpRequest request) => false;

    public bool IsSubscribe(JsonElement frame) => RecordedJson.Text(frame, "op") == "subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) => payload.StartsWith("{\"retCode\":"u8);

    public string? KeyOf(RecordedBody body, Recording recording) =>
        body.Address is { } address && address.AbsolutePath.EndsWith('/' + InstrumentsKey, StringComparison.Ordinal)
            ? InstrumentsKey
            : null;

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (RecordedJson.Text(payload, "topic") is { } topic && topic.StartsWith("orderbook.", StringComparison.Ordinal)
            && payload.TryGetProperty("data", out var book) && RecordedJson.Text(book, "s") is { } symbol)
        {
            shown.AddRows(symbol, book, "b");
            shown.AddRows(symbol, book, "a");
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        // The one body there is lists instruments; when it is there nothing has to be made.
    }

    public byte[]? Build(string key, ShownListings shown) => BybitInstrument.List(
        "spot",
        shown.All.Select(listing => new BybitInstrument(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals)),
        0);
}
