namespace LowLatencyQuoter.Wire.Transport;

/// <summary>Why a connection could not be opened, or why bytes stopped. The numbers are stable: 100 to 199.</summary>
public enum TransportFaultCode
{
    /// <summary>No fault.</summary>
    None = 0,

    /// <summary>The host name has no address, or the resolver did not answer in time.</summary>
    NameNotResolved = 101,

    /// <summary>Every address refused, or could not be reached.</summary>
    ConnectRefused = 102,

    /// <summary>No address answered within the connect limit.</summary>
    ConnectTimedOut = 103,

    /// <summary>
    /// TLS could not be agreed on: no common version, an alert, bytes that are not TLS, or the time limit.
    /// </summary>
    TlsFailed = 104,

    /// <summary>The peer's certificate is for another name, expired, or does not lead to a trusted root.</summary>
    CertificateRefused = 105,

    /// <summary>The peer ended its side of the stream in order.</summary>
    PeerClosed = 110,

    /// <summary>The connection broke: reset, unreachable, or TLS records that cannot be decrypted.</summary>
    ConnectionLost = 111,

    /// <summary>The peer did not take our bytes within the send limit.</summary>
    SendTimedOut = 112,

    /// <summary>No byte came within the limit that was set. The connection stays usable.</summary>
    ReceiveTimedOut = 113,

    /// <summary><see cref="IReceiveIdle.OnIdle"/> asked to stop. The connection stays usable.</summary>
    Stopped = 114,

    /// <summary>The connection was disposed, by this thread or another one.</summary>
    Disposed = 115,
}
