namespace LowLatencyQuoter.Feeds;

/// <summary>Counts of one reader. Threads: written by the reader, read by any; each number is whole.</summary>
public sealed class IntakeCounters
{
    /// <summary>Messages of the socket.</summary>
    public long Frames;

    /// <summary>Their bytes.</summary>
    public long Bytes;

    /// <summary>Snapshots and updates handed to the engine.</summary>
    public long DepthMessages;

    /// <summary>Messages that were printed as usual and decoded the short way.</summary>
    public long UsualFrames;

    /// <summary>Messages that were decoded the general way, control messages included.</summary>
    public long GeneralFrames;

    /// <summary>Messages, snapshots included, that could not be understood.</summary>
    public long DecodeErrors;

    /// <summary>Times that a message had to wait for room in the lane.</summary>
    public long RingFullWaits;

    /// <summary>Messages, snapshots included, that were dropped because the lane had no room.</summary>
    public long RingFullDropped;

    /// <summary>Signs of life.</summary>
    public long Heartbeats;

    /// <summary>Requests that the venue refused.</summary>
    public long Refusals;

    /// <summary>Connections made.</summary>
    public long Connects;

    /// <summary>Connections lost, and attempts that failed.</summary>
    public long Disconnects;

    /// <summary>REST snapshots asked for.</summary>
    public long SnapshotRequests;

    /// <summary>REST snapshots that failed.</summary>
    public long SnapshotFailures;

    /// <summary>Silent books about which the venue was asked.</summary>
    public long SilenceProbes;

    /// <summary>Of those, books whose updates had stopped while the venue's book went on.</summary>
    public long SilentBooks;

    /// <summary>Times the venue was asked for its own book, to compare a live one with it.</summary>
    public long AuditRequests;

    /// <summary>Of those, the ones that brought no book.</summary>
    public long AuditFailures;
}
