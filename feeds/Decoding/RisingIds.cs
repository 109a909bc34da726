using System;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// The last id of each book on a connection, where each message is a whole book: one whose id is not above it is older
/// than what is quoted, or the same. Threads: one reader's.
/// </summary>
[Engine.HotPath]
internal sealed class RisingIds
{
    private readonly long[] _last;

    /// <summary>Knows of no message yet.</summary>
    public RisingIds(int bookCount) => _last = new long[bookCount];

    /// <summary>True when a message with this id is newer than all before it.</summary>
    public bool IsNew(int book, long updateId) => updateId > _last[book];

    /// <summary>The message is taken.</summary>
    public void Note(int book, long updateId) => _last[book] = updateId;

    /// <summary>The next message of a book may have any id.</summary>
    public void Forget(int book) => _last[book] = 0;

    /// <summary>That of every book.</summary>
    public void Forget() => Array.Clear(_last);
}
