using LowLatencyQuoter.Wire.WebSocket.Upgrade;

namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>Why a websocket could not be opened, or is over, as a value.</summary>
/// <param name="Code">What happened.</param>
/// <param name="Text">
/// The same in words; for <see cref="WebSocketFaultCode.ClosedByPeer"/> the peer's reason, which may be empty.
/// </param>
/// <param name="CloseCode">
/// The code of the close frame: the peer's for <see cref="WebSocketFaultCode.ClosedByPeer"/>, else the one we sent;
/// <see cref="WebSocket.CloseCode.Abnormal"/> when the stream ended without one.
/// </param>
/// <param name="Rejection">The answer, for <see cref="WebSocketFaultCode.UpgradeRejected"/>.</param>
public readonly record struct WebSocketFault(
    WebSocketFaultCode Code,
    string Text,
    CloseCode CloseCode = CloseCode.None,
    UpgradeRejection? Rejection = null)
{
    /// <inheritdoc/>
    public override string ToString() => CloseCode == CloseCode.None
        ? $"{Code} ({(int)Code}): {Text}"
        : $"{Code} ({(int)Code}, close code {(int)CloseCode}): {Text}";
}
