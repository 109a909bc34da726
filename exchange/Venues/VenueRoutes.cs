using System;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Exchange.Faults;
using LowLatencyQuoter.Exchange.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LowLatencyQuoter.Exchange.Venues;

/// <summary>Adds one venue's endpoints below its prefix.</summary>
internal class VenueRoutes
{
    private readonly IEndpointRouteBuilder _routes;
    private readonly SessionRegistry _sessions;
    private readonly string _venue;
    private readonly VenueFaults? _faults;

    public VenueRoutes(IEndpointRouteBuilder routes, SessionRegistry sessions, string venue, VenueFaults? faults)
    {
        _faults = faults;
        _routes = routes;
        _sessions = sessions;
        _venue = venue;
    }

    /// <summary>Answers a REST request.</summary>
    /// <param name="path">Path below the venue's prefix, with its leading slash; may hold route parameters.</param>
    /// <param name="answer">Writes the response.</param>
    public virtual void Get(string path, RequestDelegate answer) => _routes.MapGet($"/{_venue}{path}", answer);

    /// <summary>Answers a POST request.</summary>
    /// <inheritdoc cref="Get"/>
    public virtual void Post(string path, RequestDelegate answer) => _routes.MapPost($"/{_venue}{path}", answer);

    /// <summary>Serves websockets.</summary>
    /// <param name="path">As for <see cref="Get"/>.</param>
    /// <param name="rules">The venue's rules.</param>
    /// <param name="open">Makes the receiver of a new session.</param>
    public virtual void Socket(string path, SocketRules rules, Func<HttpContext, VenueSession, IFrameReceiver> open) =>
        _routes.Map($"/{_venue}{path}", context => ServeAsync(context, rules, open));

    private async Task ServeAsync(
        HttpContext context, SocketRules rules, Func<HttpContext, VenueSession, IFrameReceiver> open)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            context.Response.Headers.Upgrade = "websocket";
            await context.Response.WriteAsync($"{context.Request.Path} speaks websocket only\n");
            return;
        }

        if (rules.RequiredHeader.Length != 0 && context.Request.Headers[rules.RequiredHeader].ToString().Length == 0)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsync($"{context.Request.Path} needs the header {rules.RequiredHeader}\n");
            return;
        }

        if (rules.Connections is { } connections && !connections.Use(context.Connection.RemoteIpAddress, 1).Granted)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            await context.Response.WriteAsync("too many connections\n");
            return;
        }

        var accept = new WebSocketAcceptContext
        {
            KeepAliveInterval = rules.PingInterval == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : rules.PingInterval,
            KeepAliveTimeout = rules.PingInterval == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : rules.PingTimeout,
        };
        using var socket = await context.WebSockets.AcceptWebSocketAsync(accept);
        using var session = new VenueSession(
            _venue, socket, rules, _sessions.NewQueue(), _sessions, context.Abort, _faults, context.RequestAborted);
        await _sessions.RunAsync(session, open(context, session));
    }
}
