using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Cryptocom;

/// <summary>Plays Crypto.com recordings: all book data is on the socket, REST only lists instruments.</summary>
internal sealed class CryptocomPlayback : IPlaybackDialect
{
    private const string InstrumentsName = "/public/get-instruments";
    private const string InstrumentsKey = "instruments";

    public IReadOnlyList<string> SocketPaths { get; } = ["/exchange/v1/market"];

    public SocketRules Rules { get; } = new();

    public IReadOnlyList<PlaybackRoute> Routes { get; } = [new("/exchange/v1" + InstrumentsName, _ => InstrumentsKey)];

    public bool PrintsDeclaredDecimals => true;

    public bool SubscribesByAddress(HttpRequest request) => false;

    public bool IsSubscribe(JsonElement frame) => RecordedJson.Text(frame, "method") == "subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) =>
        payload.StartsWith("{\"id\":-1,\"method\":\"public/"u8);

    public string? KeyOf(RecordedBody body, Recording recording) =>
        body.Address is { } address && address.AbsolutePath.EndsWith(InstrumentsName, StringComparison.Ordinal)
            ? InstrumentsKey
            : null;

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (!payload.TryGetProperty("result", out var result)
            || RecordedJson.Text(result, "instrument_name") is not { } symbol
            || RecordedJson.Text(result, "channel") is not ("book" or "book.update")
            || !result.TryGetProperty("data", out var books) || books.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var book in books.EnumerateArray().Where(book => book.ValueKind == JsonValueKind.Object))
        {
            var sides = book.TryGetProperty("update", out var update) ? update : book;
            shown.AddRows(symbol, sides, "bids");
            shown.AddRows(symbol, sides, "asks");
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        // Bodies list instruments; where they are there nothing has to be made.
    }

    public byte[]? Build(string key, ShownListings shown) => key != InstrumentsKey ? null
        : CryptocomInstrument.List(shown.All.Select(listing => new CryptocomInstrument(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals)));
}
