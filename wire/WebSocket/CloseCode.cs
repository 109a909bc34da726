namespace LowLatencyQuoter.Wire.WebSocket;

/// <summary>
/// Why a websocket is closed: RFC 6455 section 7.4 and IANA's registry. Peers may also send 3000 to 4999 (registered by
/// libraries, and private), which have no names here.
/// </summary>
public enum CloseCode : ushort
{
    /// <summary>There was no close frame and none was sent.</summary>
    None = 0,

    /// <summary>The purpose of the connection is fulfilled.</summary>
    Normal = 1000,

    /// <summary>The peer goes away: a restart, a page left.</summary>
    GoingAway = 1001,

    /// <summary>The peer broke the protocol.</summary>
    ProtocolError = 1002,

    /// <summary>Text where only binary is taken, or the other way round.</summary>
    UnsupportedPayload = 1003,

    /// <summary>Never on the wire: the close frame had no code.</summary>
    NoStatus = 1005,

    /// <summary>Never on the wire: the stream ended without a close frame.</summary>
    Abnormal = 1006,

    /// <summary>Payload that does not fit its type: text that is not UTF-8.</summary>
    InvalidPayload = 1007,

    /// <summary>A rule without a code of its own was broken.</summary>
    PolicyViolation = 1008,

    /// <summary>A frame or message beyond the receiver's cap.</summary>
    MessageTooBig = 1009,

    /// <summary>The server did not agree to an extension that the client needs.</summary>
    ExtensionRequired = 1010,

    /// <summary>The server met a condition it did not expect.</summary>
    InternalError = 1011,

    /// <summary>The server restarts; come back after a short random delay.</summary>
    ServiceRestart = 1012,

    /// <summary>The server is overloaded; come back later or elsewhere.</summary>
    TryAgainLater = 1013,

    /// <summary>A gateway got an invalid answer from the server behind it.</summary>
    BadGateway = 1014,
}
