using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Playback;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>
/// Plays Bitfinex recordings: all book data is on the socket. The recorded notice comes unasked, so a replay starts
/// with its connection.
/// </summary>
internal sealed class BitfinexPlayback : IPlaybackDialect
{
    private const string PairsName = "/v2/conf/pub:list:pair:exchange";
    private const string PairsKey = "pairs";

    public IReadOnlyList<string> SocketPaths { get; } = ["/ws/2"];

    public SocketRules Rules { get; } = new();

    public IReadOnlyList<PlaybackRoute> Routes { get; } = [new(PairsName, _ => PairsKey)];

    public bool PrintsDeclaredDecimals => false;

    public bool SubscribesByAddress(HttpRequest request) => true;

    public bool IsSubscribe(JsonElement frame) => RecordedJson.Text(frame, "event") == "subscribe";

    public bool IsRestBody(ReadOnlySpan<byte> payload) => payload.StartsWith("[[\""u8);

    public string? KeyOf(RecordedBody body, Recording recording) =>
        body.Address is { } address
        && Uri.UnescapeDataString(address.AbsolutePath).EndsWith(PairsName, StringComparison.Ordinal)
            ? PairsKey
            : null;

    public void Observe(JsonElement payload, ShownListings shown)
    {
        if (RecordedJson.Text(payload, "event") == "subscribed" && RecordedJson.Text(payload, "channel") == "book"
            && RecordedJson.Text(payload, "symbol") is { Length: > 1 } symbol)
        {
            shown.AddSymbol(symbol);
        }
    }

    public void ObserveBody(string key, JsonElement body, ShownListings shown)
    {
        // Bodies list pairs; where they are there nothing has to be made.
    }

    public byte[]? Build(string key, ShownListings shown) =>
        key == PairsKey ? BitfinexRest.Pairs(shown.All.Select(listing => listing.Symbol[1..])) : null;
}
