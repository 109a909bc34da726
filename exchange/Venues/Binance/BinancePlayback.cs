using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>Plays Binance recordings: depth bodies by symbol, also those that stand among the frames.</summary>
internal sealed class BinancePlayback : IPlaybackDialect
{
    private const string ExchangeInfoKey = "exchangeInfo";
    private const int WeightPerMinute = 6000;

    public IReadOnlyList<string> SocketPaths => BinanceAddress.SocketPaths;

    public SocketRules Rules { get; } = new() { PingInterval = TimeSpan.FromSeconds(20) };

    public IReadOnlyList<PlaybackRoute> Routes { get; } =
    [
        new("/api/v3/depth", request => DepthKey(request.Query["symbol"].ToString())),
        new("/api/v3/exchangeInfo", _ => ExchangeInfoKey),
    ];

    public bool PrintsDeclaredDecimals => false;

    public bool SubscribesByAddress(HttpRequest request) =>
        BinanceAddress.Parse(request, binary: false).Streams.Count > 0;

    public bool IsSubscribe(JsonElement frame) =>
        RecordedJson.Text(frame, "method") == "SUBSCRIBE";

    public bool IsRestBody(ReadOnlySpan<byte> payload) => payload.StartsWith("{\"lastUpdateId\":"u8);

    public string? KeyOf(RecordedBody body, Recording recording)
    {
        if (body.Address is null)
        {
            return SymbolOf(body, recording) is { } symbol ? DepthKey(symbol) : null;
        }

        if (body.Address.AbsolutePath.EndsWith("/exchangeInfo", StringComparison.Ordinal))
        {
            return ExchangeInfoKey;
        }

        return body.Address.AbsolutePath.EndsWith("/depth", StringComparison.Ordinal)
            ? DepthKey(Parameter(body.Address, "symbol"))
            : null;
    }

    public void Observe(JsonElement payload, ShownListings shown)
    {
        var update = payload.TryGetProperty("data", out var wrapped) ? wrapped : payload;
        if (IsDiff(update) && RecordedJson.Text(update, "s") is { } symbol)
        {
            shown.AddRows(symbol, update, "b");
            shown.AddRows(symbol, update, "a");
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        if (key != ExchangeInfoKey)
        {
            shown.AddRows(key[DepthKey(string.Empty).Length..], body, "bids");
            shown.AddRows(key[DepthKey(string.Empty).Length..], body, "asks");
        }
    }

    public byte[]? Build(string key, ShownListings shown)
    {
        if (key != ExchangeInfoKey)
        {
            return null;
        }

        var symbols = shown.All.Select(listing => new BinanceSymbol(
            listing.Symbol,
            listing.Assets.BaseAsset,
            listing.Assets.QuoteAsset,
            listing.PriceDecimals,
            listing.QuantityDecimals));
        return JsonBytes.Of(json => BinanceSymbol.WriteExchangeInfo(json, 0, WeightPerMinute, symbols));
    }

    private static string DepthKey(string symbol) => $"depth {symbol}";

    private static string Parameter(Uri address, string name)
    {
        foreach (var part in address.Query.TrimStart('?').Split('&'))
        {
            if (part.StartsWith(name + "=", StringComparison.Ordinal))
            {
                return part[(name.Length + 1)..];
            }
        }

        return string.Empty;
    }

    /// <summary>A body without an address belongs to the symbol whose diffs its update id lies in.</summary>
    private static string? SymbolOf(RecordedBody body, Recording recording)
    {
        using var document = RecordedJson.TryParseObject(body.Payload);
        if (document is null || RecordedJson.Integer(document.RootElement, "lastUpdateId") is not { } id)
        {
            return null;
        }

        foreach (var frame in recording.Frames)
        {
            using var payload = RecordedJson.TryParseObject(frame.Payload);
            if (payload is null)
            {
                continue;
            }

            var update = payload.RootElement.TryGetProperty("data", out var wrapped) ? wrapped : payload.RootElement;
            if (IsDiff(update)
                && RecordedJson.Integer(update, "U") <= id + 1
                && RecordedJson.Integer(update, "u") >= id)
            {
                return RecordedJson.Text(update, "s");
            }
        }

        return null;
    }

    private static bool IsDiff(JsonElement update) => RecordedJson.Text(update, "e") == "depthUpdate";
}
