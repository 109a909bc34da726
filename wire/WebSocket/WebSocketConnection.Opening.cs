using System;
using System.Diagnostics.CodeAnalysis;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket.Upgrade;

namespace LowLatencyQuoter.Wire.WebSocket;

/// <content>How a connection comes to be.</content>
public sealed partial class WebSocketConnection
{
    /// <summary>
    /// Resolves, connects, verifies TLS where the endpoint is wss://, and upgrades. Frames that follow the answer in
    /// the same bytes are kept for the first read.
    /// </summary>
    /// <param name="options">Where to and how; invalid ones throw <see cref="ArgumentException"/>.</param>
    /// <param name="idle">
    /// Called in every wait from here on: while opening there is no connection to send on yet.
    /// </param>
    /// <param name="connection">The open websocket; the caller's to dispose.</param>
    /// <param name="fault">Why there is none.</param>
    public static bool TryConnect(
        WebSocketOptions options,
        IReceiveIdle idle,
        [NotNullWhen(true)] out WebSocketConnection? connection,
        out WebSocketFault fault)
    {
        options.Validate();
        connection = null;
        if (!StreamSocket.TryOpen(options.ToSocketOptions(), idle, out var socket, out var closed))
        {
            fault = new((WebSocketFaultCode)closed.Code, closed.Text);
            return false;
        }

        var reader = new MessageReader(options.Limits);
        fault = UpgradeHandshake.Run(socket, reader, options, out var terms);
        if (fault.Code != WebSocketFaultCode.None)
        {
            socket.Dispose();
            return false;
        }

        if (terms is not null)
        {
            reader.AllowCompressed();
        }

        connection = new WebSocketConnection(socket, reader, options, terms);
        return true;
    }
}
