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

    public bool SubscribesByAddress(HttpRequest request) => BinanceAddress.Parse(request).Streams.Count > 0;

    public bool IsSubscribe(JsonElement frame) =>
        frame.TryGetProperty("method", out var method) && method.ValueEquals("SUBSCRIBE");

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
        if (IsDiff(update))
        {
            var symbol = update.GetProperty("s").GetString()!;
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
        using var document = JsonDocument.Parse(body.Payload);
        var id = document.RootElement.GetProperty("lastUpdateId").GetInt64();
        foreach (var frame in recording.Frames)
        {
            using var payload = JsonDocument.Parse(frame.Payload);
            var update = payload.RootElement.TryGetProperty("data", out var wrapped) ? wrapped : payload.RootElement;
            if (IsDiff(update) && update.GetProperty("U").GetInt64() <= id + 1 && id <= update.GetProperty("u").GetInt64())
            {
                return update.GetProperty("s").GetString();
            }
        }

        return null;
    }

    private static bool IsDiff(JsonElement update) =>
        update.ValueKind == JsonValueKind.Object
        && update.TryGetProperty("e", out var name) && name.ValueEquals("depthUpdate");
}
