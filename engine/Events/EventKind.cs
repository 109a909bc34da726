namespace LowLatencyQuoter.Engine.Events;

/// <summary>What a depth event says. The numeric values are part of the journal and may only grow.</summary>
public enum EventKind : byte
{
    /// <summary>An empty slot; never published.</summary>
    None = 0,

    /// <summary>The whole book: replaces what was there.</summary>
    Snapshot = 1,

    /// <summary>Changed levels, absolute quantities; 0 deletes.</summary>
    Update = 2,

    /// <summary>
    /// The top of book that another feed of the venue states at <c>LastUpdateId</c>: bid level, then ask level.
    /// </summary>
    TopOfBook = 3,

    /// <summary>A connection attempt for this book has begun.</summary>
    Connecting = 4,

    /// <summary>The venue serves this book from now on: updates may follow, and a snapshot is wanted.</summary>
    Subscribed = 5,

    /// <summary>
    /// The venue stopped serving this book, or the connection is gone: nothing known of it holds any more.
    /// </summary>
    Disconnected = 6,

    /// <summary>Something of this book was lost or refused; <c>Fault</c> says what. A new snapshot is needed.</summary>
    Fault = 7,

    /// <summary>The book becomes a part of its instrument. Nothing of it comes before this.</summary>
    Listed = 8,

    /// <summary>
    /// The book is no part of its instrument any more. Nothing of it follows before it is listed again.
    /// </summary>
    Delisted = 9,

    /// <summary>
    /// The venue is asked what its own book is, beside the live one: updates are kept to be compared with the answer.
    /// </summary>
    AuditBegins = 10,
}
