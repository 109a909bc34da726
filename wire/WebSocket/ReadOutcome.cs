namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>What <see cref="WebSocketConnection.ReadMessage"/> came back with.</summary>
public enum ReadOutcome
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>The idle callback asked to stop. The connection is open; reading may go on.</summary>
    Stopped,

    /// <summary>The peer closed in order; code and reason are in <see cref="WebSocketConnection.Fault"/>.</summary>
    Closed,

    /// <summary>The connection is over; <see cref="WebSocketConnection.Fault"/> says why.</summary>
    Failed,

    /// <summary>
    /// Only of <see cref="WebSocketConnection.TryReadMessage"/>: no whole message is there now. Ask again later.
    /// </summary>
    Nothing,
}
