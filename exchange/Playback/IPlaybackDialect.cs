using System;
using System.Collections.Generic;
using System.Text.Json;
using LowLatencyQuoter.Exchange.Sessions;
using LowLatencyQuoter.Exchange.Venues;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Playback;

/// <summary>What playing a recording back has to know of a venue.</summary>
internal interface IPlaybackDialect
{
    /// <summary>Paths below the venue's prefix that serve websockets.</summary>
    IReadOnlyList<string> SocketPaths { get; }

    /// <summary>The rules of its websockets.</summary>
    SocketRules Rules { get; }

    /// <summary>The REST paths it answers.</summary>
    IReadOnlyList<PlaybackRoute> Routes { get; }

    /// <summary>Whether numbers are printed with exactly the declared decimals, trailing zeros included.</summary>
    bool PrintsDeclaredDecimals { get; }

    /// <summary>Adds endpoints that need no recording, such as one that grants a token; none by default.</summary>
    void Map(VenueRoutes routes)
    {
        // Most venues are connected to without being asked.
    }

    /// <summary>
    /// Whether a replay starts with the connection: its address subscribes to something, or the venue speaks first.
    /// </summary>
    bool SubscribesByAddress(HttpRequest request);

    /// <summary>Whether a client's frame is a subscribe.</summary>
    bool IsSubscribe(JsonElement frame);

    /// <summary>Whether a line of a recording without addresses is a REST body.</summary>
    bool IsRestBody(ReadOnlySpan<byte> payload);

    /// <summary>What a recorded body answers, as <see cref="PlaybackRoute.Key"/> says it; null for nothing.</summary>
    string? KeyOf(RecordedBody body, Recording recording);

    /// <summary>Notes the symbols of a frame, a JSON object of any shape, and the decimals of its numbers.</summary>
    void Observe(JsonElement payload, ShownListings shown);

    /// <summary>Notes the decimals of a REST body, a JSON object whose symbol only its key tells.</summary>
    void ObserveBody(string key, JsonElement body, ShownListings shown);

    /// <summary>A list of instruments made from what the recording shows; null when the key asks for none.</summary>
    byte[]? Build(string key, ShownListings shown);
}
