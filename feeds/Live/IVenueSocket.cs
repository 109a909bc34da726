using System;
using LowLatencyQuoter.Wire.WebSocket;
using LowLatencyQuoter.Wire.WebSocket.Deflate;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// A websocket as a connection to a venue uses it; members are those of <see cref="WebSocketConnection"/>. Threads: one
/// at a time.
/// </summary>
internal interface IVenueSocket : IDisposable
{
    /// <inheritdoc cref="WebSocketConnection.Handle"/>
    nint Handle { get; }

    /// <inheritdoc cref="WebSocketConnection.Batches"/>
    long Batches { get; }

    /// <inheritdoc cref="WebSocketConnection.BytesReceived"/>
    long BytesReceived { get; }

    /// <inheritdoc cref="WebSocketConnection.LeastRoundTripNanos"/>
    long LeastRoundTripNanos { get; }

    /// <inheritdoc cref="WebSocketConnection.Fault"/>
    WebSocketFault Fault { get; }

    /// <inheritdoc cref="WebSocketConnection.Deflate"/>
    DeflateTerms? Deflate { get; }

    /// <inheritdoc cref="WebSocketConnection.LastMessage"/>
    ReadOnlySpan<byte> LastMessage { get; }

    /// <inheritdoc cref="WebSocketConnection.TryReadMessage"/>
    ReadOutcome TryReadMessage(out MessageKind kind, out ReadOnlySpan<byte> payload);

    /// <inheritdoc cref="WebSocketConnection.TrySendText"/>
    bool TrySendText(ReadOnlySpan<byte> text);

    /// <inheritdoc cref="WebSocketConnection.TrySendPing"/>
    bool TrySendPing(ReadOnlySpan<byte> payload);

    /// <inheritdoc cref="WebSocketConnection.LimitSends"/>
    void LimitSends(TimeSpan limit);

    /// <summary>Closes in order, and waits for the peer; to be disposed of all the same.</summary>
    void Close(CloseCode code);
}
