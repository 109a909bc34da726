namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>What a frame turned out to be.</summary>
public enum FrameKind : byte
{
    /// <summary>
    /// Well-formed and of no interest: trades, candles, another channel, an instrument nobody asked for.
    /// </summary>
    Ignored = 0,

    /// <summary>One or more messages with levels; they are in the lane.</summary>
    Depth,

    /// <summary>The top of book of another feed; it is in the lane.</summary>
    TopOfBook,

    /// <summary>A sign of life.</summary>
    Heartbeat,

    /// <summary>The venue accepted a request.</summary>
    Acknowledged,

    /// <summary>The venue is ready for requests; before that none may be sent.</summary>
    Welcome,

    /// <summary>The venue refused a request; the intake has the text.</summary>
    Refused,

    /// <summary>The venue stopped serving a book on request.</summary>
    Unsubscribed,

    /// <summary>The venue wants to be answered at once, in the words of the dialect.</summary>
    AnswerWanted,

    /// <summary>
    /// The venue serves nothing for a while, and asks to be left alone until it says otherwise on this connection.
    /// </summary>
    Paused,

    /// <summary>The venue asks to connect anew.</summary>
    ReconnectRequested,

    /// <summary>The frame cannot be understood; the fault says why.</summary>
    Failed,

    /// <summary>
    /// Messages of the connection are missing before this one, which was not read: every book of it has a hole.
    /// </summary>
    Gapped,
}
