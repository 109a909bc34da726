using System;
using LowLatencyQuoter.Wire.WebSocket;
using LowLatencyQuoter.Wire.WebSocket.Deflate;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>A real websocket. Threads: as <see cref="WebSocketConnection"/>.</summary>
internal sealed class VenueSocket : IVenueSocket
{
    private readonly WebSocketConnection _socket;

    /// <summary>Takes over an open socket.</summary>
    public VenueSocket(WebSocketConnection socket) => _socket = socket;

    /// <inheritdoc/>
    public nint Handle => _socket.Handle;

    /// <inheritdoc/>
    public long Batches => _socket.Batches;

    /// <inheritdoc/>
    public long BytesReceived => _socket.BytesReceived;

    /// <inheritdoc/>
    public long LeastRoundTripNanos => _socket.LeastRoundTripNanos;

    /// <inheritdoc/>
    public WebSocketFault Fault => _socket.Fault;

    /// <inheritdoc/>
    public DeflateTerms? Deflate => _socket.Deflate;

    /// <inheritdoc/>
    public ReadOnlySpan<byte> LastMessage => _socket.LastMessage;

    /// <inheritdoc/>
    public ReadOutcome TryReadMessage(out MessageKind kind, out ReadOnlySpan<byte> payload) =>
        _socket.TryReadMessage(out kind, out payload);

    /// <inheritdoc/>
    public bool TrySendText(ReadOnlySpan<byte> text) => _socket.TrySendText(text);

    /// <inheritdoc/>
    public bool TrySendPing(ReadOnlySpan<byte> payload) => _socket.TrySendPing(payload);

    /// <inheritdoc/>
    public void LimitSends(TimeSpan limit) => _socket.LimitSends(limit);

    /// <inheritdoc/>
    public void Close(CloseCode code) => _socket.Close(code);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
