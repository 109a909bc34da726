using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LowLatencyQuoter.Server.Grpc;

/// <summary>
/// Marks each connection with the role of its listener, so that a request is judged by the socket it came through: not
/// by its Host header, which the client writes, nor by the port number, which is not known before a listener on port 0
/// is bound.
/// </summary>
public static class ListenerRoles
{
    /// <summary>
    /// Makes a listener serve gRPC: HTTP/2 only, in clear text with prior knowledge unless TLS is added.
    /// </summary>
    public static ListenOptions ServeGrpc(this ListenOptions listener) => listener.Serve(ListenerRole.Grpc);

    /// <summary>The same for the admin service alone.</summary>
    public static ListenOptions ServeAdmin(this ListenOptions listener) => listener.Serve(ListenerRole.Admin);

    /// <summary>Makes a listener serve health, metrics and pages over HTTP/1.1.</summary>
    public static ListenOptions ServeHttp(this ListenOptions listener)
    {
        listener.Protocols = HttpProtocols.Http1;
        return listener.Mark(ListenerRole.Http);
    }

    /// <summary>True when the request came through a listener of that role.</summary>
    public static bool CameThrough(this HttpContext context, ListenerRole role) =>
        context.Features.Get<Feature>() is { } feature && feature.Role == role;

    private static ListenOptions Serve(this ListenOptions listener, ListenerRole role)
    {
        listener.Protocols = HttpProtocols.Http2;
        return listener.Mark(role);
    }

    private static ListenOptions Mark(this ListenOptions listener, ListenerRole role)
    {
        var feature = new Feature(role);
        listener.Use(next => connection =>
        {
            connection.Features.Set(feature);   // requests fall back to the features of their connection
            return next(connection);
        });
        return listener;
    }

    private sealed class Feature(ListenerRole role)
    {
        public ListenerRole Role { get; } = role;
    }
}
