using System;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>Stands where a session expects a socket; nothing may use it.</summary>
internal sealed class DeadSocket : WebSocket
{
    public static DeadSocket Instance { get; } = new();

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.None;

    public override string? SubProtocol => null;

    public override void Abort() => throw Used();

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        throw Used();

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        throw Used();

    public override void Dispose()
    {
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw Used();

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) => throw Used();

    private static InvalidOperationException Used() => new("a simulated session has no socket");
}
