namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// What is known of one venue's book of one instrument. Only <see cref="Live"/> books are quoted. The numeric values
/// are part of the quote and the journal and may only grow.
/// </summary>
public enum BookState : byte
{
    /// <summary>No connection serves it.</summary>
    Disconnected = 0,

    /// <summary>A connection is being made or the subscription is not acknowledged yet.</summary>
    Connecting = 1,

    /// <summary>The venue serves it; updates are kept until the snapshot is there.</summary>
    Buffering = 2,

    /// <summary>Proven: snapshot applied, chain unbroken, checksum right.</summary>
    Live = 3,

    /// <summary>Doubted: crossed beyond the grace. A new snapshot is awaited.</summary>
    Suspect = 4,

    /// <summary>Something is missing. A new snapshot is awaited.</summary>
    Gapped = 5,

    /// <summary>Silent on a connection that lives, while the venue's book went on. A new snapshot is awaited.</summary>
    Stale = 6,
}
