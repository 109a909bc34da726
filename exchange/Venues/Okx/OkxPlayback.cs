using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace LowLatencyQuoter.Exchange.Venues.Okx;

/// <summary>Plays OKX recordings: all book data is on the socket, REST only lists instruments by their type.</summary>
internal sealed class OkxPlayback : IPlaybackDialect
{
    private const string InstrumentsPrefix = "instruments ";

    public IReadOnlyList<string> SocketPaths { get; } = ["/ws/v5/public"];

    public SocketRules Rules { get; } = new();

    public IReadOnlyList<PlaybackRoute> Routes { get; } =
    [
        new("/api/v5/public/instruments", request => InstrumentsPrefix + request.Query["instType"]),
    ];

    public bool PrintsDeclaredDecimals => false;

    public bool SubscribesByAddress(HttpRequest request) => false;

    public bool IsSubscribe(JsonElement frame) => RecordedJson.Text(frame, "op") == "subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) => payload.StartsWith("{\"code\":\"0\""u8);

    public string? KeyOf(RecordedBody body, Recording recording)
    {
        if (body.Address is null || !body.Address.AbsolutePath.EndsWith("/instruments", StringComparison.Ordinal))
        {
            return null;
        }

        return InstrumentsPrefix + QueryHelpers.ParseQuery(body.Address.Query).GetValueOrDefault("instType");
    }

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (!payload.TryGetProperty("arg", out var argument)
            || RecordedJson.Text(argument, "channel") != "books"
            || RecordedJson.Text(argument, "instId") is not { } symbol
            || !payload.TryGetProperty("data", out var books) || books.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach (var book in books.EnumerateArray())
        {
            shown.AddRows(symbol, book, "bids");
            shown.AddRows(symbol, book, "asks");
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        // Bodies list instruments; where they are there nothing has to be made.
    }

    public byte[]? Build(string key, ShownListings shown) => key != InstrumentsPrefix + "SPOT" ? null
        : OkxInstrument.List(shown.All.Select(listing => new OkxInstrument(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals)));
}
