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

    /// <summary>Messages that were dropped because another socket to the venue had brought them before.</summary>
    public long Repeated;

    /// <summary>Sockets that were closed because another one had taken their place.</summary>
    public long Retirements;

    /// <summary>Times the venue was asked for its own book, to compare a live one with it.</summary>
    public long AuditRequests;

    /// <summary>Of those, the ones that brought no book.</summary>
    public long AuditFailures;

    /// <summary>The counts of two links together; a new object.</summary>
    internal static IntakeCounters Sum(IntakeCounters first, IntakeCounters second, long repeated) => new()
    {
        Frames = first.Frames + second.Frames,
        Bytes = first.Bytes + second.Bytes,
        DepthMessages = first.DepthMessages + second.DepthMessages,
        UsualFrames = first.UsualFrames + second.UsualFrames,
        GeneralFrames = first.GeneralFrames + second.GeneralFrames,
        DecodeErrors = first.DecodeErrors + second.DecodeErrors,
        RingFullWaits = first.RingFullWaits + second.RingFullWaits,
        RingFullDropped = first.RingFullDropped + second.RingFullDropped,
        Heartbeats = first.Heartbeats + second.Heartbeats,
        Refusals = first.Refusals + second.Refusals,
        Connects = first.Connects + second.Connects,
        Disconnects = first.Disconnects + second.Disconnects,
        SnapshotRequests = first.SnapshotRequests + second.SnapshotRequests,
        SnapshotFailures = first.SnapshotFailures + second.SnapshotFailures,
        SilenceProbes = first.SilenceProbes + second.SilenceProbes,
        SilentBooks = first.SilentBooks + second.SilentBooks,
        AuditRequests = first.AuditRequests + second.AuditRequests,
        AuditFailures = first.AuditFailures + second.AuditFailures,
        Repeated = repeated,
        Retirements = first.Retirements + second.Retirements,
    };
}
