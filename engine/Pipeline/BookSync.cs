using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>What the book handler remembers of one book beside its levels.</summary>
internal struct BookSync
{
    /// <summary>Updates that wait for a snapshot; of a live book those that it will have to catch up with.</summary>
    public PendingUpdates Pending;

    /// <summary>Tops stated by another feed; made when the first one comes.</summary>
    public RecentTops? Tops;

    /// <summary>Tops that the book had, for statements that come late; made with <see cref="Tops"/>.</summary>
    public PassedTops? Passed;

    /// <summary>True when an update was applied since the last snapshot.</summary>
    public bool Follows;

    /// <summary>What the message under way touched so far.</summary>
    public TouchedPrices Touched;

    /// <summary>What was decided of the message under way at its first part.</summary>
    public ChainVerdict Verdict;

    /// <summary>What went wrong in the message under way.</summary>
    public FaultCode MessageFault;

    /// <summary>True from a fault until the book is live again: that is a resync.</summary>
    public bool Faulted;

    /// <summary>
    /// The greatest id that the book had before a fault, or that was buffered and is lost; 0 before the first. No older
    /// snapshot takes the book's place.
    /// </summary>
    public long Reached;

    /// <summary>Snapshots refused in a row for being too old.</summary>
    public int Refusals;

    /// <summary>Since when the book is crossed, on the engine's clock; 0 when it is not.</summary>
    public long CrossedSinceNanos;

    /// <summary>True while a live book waits for a snapshot that reaches further.</summary>
    public bool IsReseeding;

    /// <summary>The id of the last update before those that are buffered since then.</summary>
    public long ReseedFrom;

    /// <summary>True while a side has no known level left before its horizon.</summary>
    public bool IsBare;

    /// <summary>
    /// True while a snapshot waits for an update that proves it: in the book when that is not live, else in
    /// <see cref="Staged"/>.
    /// </summary>
    public bool IsHeld;

    /// <summary>The update id of the snapshot that is held.</summary>
    public long HeldId;

    /// <summary>How many updates came since then.</summary>
    public int Behind;

    /// <summary>True while a live book rests on what the venue stated twice, and on no update yet.</summary>
    public bool IsTentative;

    /// <summary>True while the parts of a snapshot go to <see cref="Staged"/>.</summary>
    public bool IsStaging;

    /// <summary>A snapshot for a live book that is ahead of the book's updates.</summary>
    public PendingUpdates Staged;

    /// <summary>Index of the venue inside of its consolidated book.</summary>
    public int Member;
}
