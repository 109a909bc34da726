namespace LowLatencyQuoter.Engine.Events;

/// <summary>
/// What went wrong with a book, by range: 1xx transport, 2xx message, 3xx chain and truth, 4xx the venue said so. The
/// numeric values are part of the journal and may only grow.
/// </summary>
public enum FaultCode : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The connection ended or could not be made.</summary>
    ConnectionLost = 101,

    /// <summary>The venue's websocket broke the protocol.</summary>
    ProtocolViolation = 102,

    /// <summary>The ring had no room and the policy is to drop: the book has a hole.</summary>
    RingFull = 103,

    /// <summary>A message is not JSON, or not what the venue documents.</summary>
    MalformedMessage = 201,

    /// <summary>A number is not a number, negative, or does not fit.</summary>
    MalformedNumber = 202,

    /// <summary>One message has more levels than the ring has room for.</summary>
    MessageTooLarge = 203,

    /// <summary>Values do not fit 64 bits on the finer scale they need.</summary>
    ScaleOverflow = 204,

    /// <summary>A binary message is of a schema that is not known, so nothing in it can be read.</summary>
    UnknownSchema = 205,

    /// <summary>
    /// Update ids are missing; as a fault of the reader: the venue numbers what it sends on a socket, whatever book it
    /// is of, and a number is missing.
    /// </summary>
    Gap = 301,

    /// <summary>The venue's checksum differs from the book's.</summary>
    ChecksumMismatch = 302,

    /// <summary>The book stayed crossed longer than the grace.</summary>
    Crossed = 303,

    /// <summary>More updates arrived before the snapshot than the buffer may hold.</summary>
    BufferOverflow = 304,

    /// <summary>A side has more levels than its bound.</summary>
    TooManyLevels = 305,

    /// <summary>No updates come although the venue's own book went on.</summary>
    Silent = 306,

    /// <summary>The venue's own book, asked for twice, was another one at the same update id.</summary>
    AuditDiffers = 307,

    /// <summary>The first update after a snapshot that nothing had proven yet does not follow it.</summary>
    SnapshotUnproven = 308,

    /// <summary>The venue refused the subscription.</summary>
    Refused = 401,
}
