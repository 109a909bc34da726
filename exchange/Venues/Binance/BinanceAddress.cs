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
internal sealed record BinanceAddress(IReadOnlyList<string> Streams, bool Combined, bool Microseconds)
{
    private const string NamesParameter = "names";

    /// <summary>The paths that serve websockets.</summary>
    public static IReadOnlyList<string> SocketPaths { get; } = ["/stream", "/ws", $"/ws/{{**{NamesParameter}}}"];

    public static BinanceAddress Parse(HttpRequest request)
    {
        var combined = request.Path.Value?.Contains("/stream", StringComparison.OrdinalIgnoreCase) == true
            && request.RouteValues[NamesParameter] is null;
        var names = combined ? request.Query["streams"].ToString() : request.RouteValues[NamesParameter] as string;
        return new BinanceAddress(
            (names ?? string.Empty).Split('/', StringSplitOptions.RemoveEmptyEntries),
            combined,
            request.Query["timeUnit"].ToString().ToUpperInvariant() is "MICROSECOND");
    }
}
