using LowLatencyQuoter.Wire.Transport;

namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>
/// Why a websocket could not be opened or is over. The numbers are stable, by range: 100 the byte stream (the numbers
/// of
/// <see cref="TransportFaultCode"/>), 200 the upgrade, 300 the protocol (closed with 1002), 400 the text (1007), 500
/// our caps (1009, and 1008 for the count of fragments), 600 closing.
/// </summary>
public enum WebSocketFaultCode
{
    /// <summary>No fault.</summary>
    None = 0,

    /// <inheritdoc cref="TransportFaultCode.NameNotResolved"/>
    NameNotResolved = TransportFaultCode.NameNotResolved,

    /// <inheritdoc cref="TransportFaultCode.ConnectRefused"/>
    ConnectRefused = TransportFaultCode.ConnectRefused,

    /// <inheritdoc cref="TransportFaultCode.ConnectTimedOut"/>
    ConnectTimedOut = TransportFaultCode.ConnectTimedOut,

    /// <inheritdoc cref="TransportFaultCode.TlsFailed"/>
    TlsFailed = TransportFaultCode.TlsFailed,

    /// <inheritdoc cref="TransportFaultCode.CertificateRefused"/>
    CertificateRefused = TransportFaultCode.CertificateRefused,

    /// <summary>The stream ended without a close frame (what RFC 6455 calls 1006).</summary>
    PeerClosed = TransportFaultCode.PeerClosed,

    /// <inheritdoc cref="TransportFaultCode.ConnectionLost"/>
    ConnectionLost = TransportFaultCode.ConnectionLost,

    /// <inheritdoc cref="TransportFaultCode.SendTimedOut"/>
    SendTimedOut = TransportFaultCode.SendTimedOut,

    /// <inheritdoc cref="TransportFaultCode.ReceiveTimedOut"/>
    ReceiveTimedOut = TransportFaultCode.ReceiveTimedOut,

    /// <inheritdoc cref="TransportFaultCode.Stopped"/>
    Stopped = TransportFaultCode.Stopped,

    /// <inheritdoc cref="TransportFaultCode.Disposed"/>
    Disposed = TransportFaultCode.Disposed,

    /// <summary>The answer to the upgrade was not whole within the limit.</summary>
    UpgradeTimedOut = 201,

    /// <summary>The answer's head is longer than the cap.</summary>
    UpgradeHeaderTooLarge = 202,

    /// <summary>The answer is not HTTP/1.1: status line, line ends, header syntax, folded lines.</summary>
    UpgradeMalformed = 203,

    /// <summary>The answer is HTTP but not 101; see <see cref="WebSocketFault.Rejection"/>.</summary>
    UpgradeRejected = 204,

    /// <summary>101 without the Upgrade or Connection header that RFC 6455 asks for.</summary>
    UpgradeHeaderMissing = 205,

    /// <summary>Sec-WebSocket-Accept is missing, repeated, or not the one that belongs to our key.</summary>
    AcceptMismatch = 206,

    /// <summary>The server switched on an extension that was not offered.</summary>
    UnrequestedExtension = 207,

    /// <summary>The server chose a sub-protocol that was not offered.</summary>
    UnrequestedSubProtocol = 208,

    /// <summary>The stream ended before the answer was whole.</summary>
    UpgradePeerClosed = 209,

    /// <summary>The server agreed to permessage-deflate on terms that were not offered or make no sense.</summary>
    ExtensionTermsInvalid = 210,

    /// <summary>RSV1, RSV2 or RSV3 is set where no extension gives it a meaning.</summary>
    ReservedBits = 301,

    /// <summary>Opcode 3 to 7 or 11 to 15.</summary>
    ReservedOpCode = 302,

    /// <summary>A server's frame is masked.</summary>
    MaskedFrame = 303,

    /// <summary>A control frame without FIN.</summary>
    FragmentedControl = 304,

    /// <summary>A control frame of more than 125 bytes.</summary>
    ControlTooLong = 305,

    /// <summary>A length in more bytes than it needs.</summary>
    LengthNotMinimal = 306,

    /// <summary>A continuation frame while no message is under way.</summary>
    UnexpectedContinuation = 307,

    /// <summary>A new text or binary frame before the last message was finished.</summary>
    ContinuationExpected = 308,

    /// <summary>A close frame with a body of one byte.</summary>
    ClosePayloadTooShort = 309,

    /// <summary>A close code that must not be sent.</summary>
    CloseCodeInvalid = 310,

    /// <summary>A text message that is not UTF-8.</summary>
    TextNotUtf8 = 401,

    /// <summary>A close reason that is not UTF-8.</summary>
    CloseReasonNotUtf8 = 402,

    /// <summary>A compressed message that cannot be inflated.</summary>
    DeflateInvalid = 403,

    /// <summary>A frame longer than the cap.</summary>
    FrameTooLarge = 501,

    /// <summary>A message whose frames together are longer than the cap.</summary>
    MessageTooLarge = 502,

    /// <summary>A message of more fragments than the cap.</summary>
    TooManyFragments = 503,

    /// <summary>A compressed message that would be longer than the cap of a message.</summary>
    InflatedTooLarge = 504,

    /// <summary>The peer closed with a close frame; code and reason are the fault's.</summary>
    ClosedByPeer = 601,

    /// <summary>This side closed.</summary>
    ClosedByUs = 602,
}
