using System;
using System.Collections.Generic;
using Microsoft.AspNetCore.Http;

namespace LowLatencyQuoter.Exchange.Venues.Binance;

/// <summary>
/// What a websocket address asks for: <c>/ws/NAME</c> and <c>/ws</c> send payloads bare, <c>/stream?streams=A/B</c> and
/// <c>/stream</c> wrap them in <c>{"stream":…,"data":…}</c>.
/// </summary>
/// <param name="Streams">Streams named by the address.</param>
/// <param name="Combined">Whether payloads are wrapped.</param>
/// <param name="Microseconds">Whether event times are in microseconds (<c>timeUnit=MICROSECOND</c>).</param>
/// <param name="Binary">Whether the streams are the binary ones.</param>
internal sealed record BinanceAddress(
    IReadOnlyList<string> Streams, bool Combined, bool Microseconds, bool Binary)
{
    private const string NamesParameter = "names";

    /// <summary>The paths that serve websockets.</summary>
    public static IReadOnlyList<string> SocketPaths { get; } = ["/stream", "/ws", $"/ws/{{**{NamesParameter}}}"];

    /// <summary>Those that serve the binary streams, which the venue has on a host of their own.</summary>
    public static IReadOnlyList<string> BinarySocketPaths { get; } =
        ["/sbe/stream", "/sbe/ws", $"/sbe/ws/{{**{NamesParameter}}}"];

    /// <param name="request">The request to connect.</param>
    /// <param name="binary">Whether its path is one of the binary ones.</param>
    public static BinanceAddress Parse(HttpRequest request, bool binary)
    {
        var combined = request.Path.Value?.Contains("/stream", StringComparison.OrdinalIgnoreCase) == true
            && request.RouteValues[NamesParameter] is null;
        var names = combined ? request.Query["streams"].ToString() : request.RouteValues[NamesParameter] as string;
        return new BinanceAddress(
            (names ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries),
            combined,
            request.Query["timeUnit"].ToString().ToUpperInvariant() is "MICROSECOND",
            binary);
    }
}
