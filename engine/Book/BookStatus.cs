using System.Threading;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// What the engine tells the rest of the process about one book. Threads: the engine's writes, any other reads; each
/// number is whole, but two numbers may belong to different moments.
/// </summary>
public sealed class BookStatus
{
    private long _snapshotsWanted;
    private bool _isReseeding;
    private bool _holdsSnapshot;
    private bool _isAttached;

    /// <summary>The status of a book that nothing is known of.</summary>
    public BookStatus()
    {
    }

    /// <summary>
    /// The status of a book that takes the place of another. Wishes are counted on, so that an answer that was meant
    /// for the other one is not taken for this one's.
    /// </summary>
    internal BookStatus(BookStatus before)
    {
        WishesBefore = before.SnapshotsWanted;
        _snapshotsWanted = WishesBefore;
    }

    /// <summary>State of the book, a <see cref="BookState"/>.</summary>
    public BookState State => (BookState)Volatile.Read(ref StateValue);

    /// <summary>
    /// Raised by one each time the book needs a new snapshot; the connection that serves it compares.
    /// </summary>
    public long SnapshotsWanted => Volatile.Read(ref _snapshotsWanted);

    /// <summary>Of these, the wishes of books that had this place before.</summary>
    public long WishesBefore { get; }

    /// <summary>True while the engine keeps the book: it is a part of its instrument.</summary>
    public bool IsAttached
    {
        get => Volatile.Read(ref _isAttached);
        internal set => Volatile.Write(ref _isAttached, value);
    }

    /// <summary>Messages with levels that were applied.</summary>
    public long Updates;

    /// <summary>Snapshots that were applied.</summary>
    public long Snapshots;

    /// <summary>Messages that were already contained in the book, or came while none was served.</summary>
    public long Ignored;

    /// <summary>Breaks of the chain.</summary>
    public long Gaps;

    /// <summary>Updates that were applied although the ids that would chain them are missing.</summary>
    public long Unproven;

    /// <summary>Times the book became live again after a gap, a wrong checksum or another fault.</summary>
    public long Resyncs;

    /// <summary>Faults of every kind except breaks of the chain and wrong checksums.</summary>
    public long Faults;

    /// <summary>Snapshots that were too old for the updates that the book had, or that are buffered.</summary>
    public long SnapshotsTooOld;

    /// <summary>
    /// Snapshots given up because no update led on from them: another book's, or too far ahead of the updates.
    /// </summary>
    public long SnapshotsUnproven;

    /// <summary>Messages whose checksum was compared.</summary>
    public long ChecksumsChecked;

    /// <summary>Of those, equal ones.</summary>
    public long ChecksumsMatched;

    /// <summary>Statements of another feed's top at an update id that the book had.</summary>
    public long CrossChecks;

    /// <summary>Of those, equal ones.</summary>
    public long CrossChecksEqual;

    /// <summary>Statements of the venue's own book that were compared with this one at the same update id.</summary>
    public long Audits;

    /// <summary>Of those, the ones that differed.</summary>
    public long AuditsDiffering;

    /// <summary>
    /// Questions after the venue's own book whose answer could not be brought to an update id of this one.
    /// </summary>
    public long AuditsUnaligned;

    /// <summary>Messages after which the book was crossed.</summary>
    public long Crossed;

    /// <summary>Times a finer value widened the book.</summary>
    public long Widened;

    /// <summary>The last fault, a <see cref="Events.FaultCode"/>.</summary>
    public long LastFault;

    /// <summary>When the state last changed, on the engine's clock.</summary>
    public long StateSinceNanos;

    /// <summary>When the last message for this book was received, on the engine's clock.</summary>
    public long LastReceivedNanos;

    /// <summary>The venue's time of the last message that stated one, nanoseconds of Unix time.</summary>
    public long LastVenueUnixNanos;

    /// <summary>The venue's id of the last update in the book.</summary>
    public long LastUpdateId;

    /// <summary>The id of the last snapshot that was only looked at: where the venue's own book was.</summary>
    public long StatedUpdateId;

    /// <summary>Levels on the bid side, those beyond the horizon included.</summary>
    public long BidLevels;

    /// <summary>Levels on the ask side, likewise.</summary>
    public long AskLevels;

    /// <summary>
    /// The worst bid price up to which every level is known, at <see cref="HorizonScale"/>; 0: the side is complete, or
    /// the book has no snapshot yet.
    /// </summary>
    public long BidHorizon;

    /// <summary>The worst ask price likewise.</summary>
    public long AskHorizon;

    /// <summary>Decimal digits of the two horizons.</summary>
    public long HorizonScale;

    /// <summary>Bids up to the horizon; a quote is made of these.</summary>
    public long KnownBids;

    /// <summary>Asks likewise.</summary>
    public long KnownAsks;

    /// <summary>Times a snapshot was asked for because a side of the live book came near its horizon.</summary>
    public long ReseedsWanted;

    /// <summary>Times such a snapshot took the live book's place.</summary>
    public long Reseeds;

    /// <summary>Times a side had no known level left, so that the quote went without it.</summary>
    public long HorizonsReached;

    /// <summary>
    /// True while the live book waits for a snapshot that reaches further. Read by any thread: what was asked for in
    /// vain has to be asked for again, but not at once.
    /// </summary>
    public bool IsReseeding
    {
        get => Volatile.Read(ref _isReseeding);
        internal set => Volatile.Write(ref _isReseeding, value);
    }

    /// <summary>The engine's own view of the state; others read <see cref="State"/>.</summary>
    internal byte StateValue;

    /// <summary>
    /// True while a snapshot waits for an update that proves it. Read by any thread: another one is asked for, but not
    /// at once, since the update is as a rule on its way.
    /// </summary>
    public bool HoldsSnapshot
    {
        get => Volatile.Read(ref _holdsSnapshot);
        internal set => Volatile.Write(ref _holdsSnapshot, value);
    }

    /// <summary>Engine: asks for a new snapshot.</summary>
    internal void WantSnapshot() => Volatile.Write(ref _snapshotsWanted, _snapshotsWanted + 1);

    /// <summary>Engine: sets the state.</summary>
    internal void SetState(BookState state, long nanos)
    {
        StateSinceNanos = nanos;
        Volatile.Write(ref StateValue, (byte)state);
    }
}
