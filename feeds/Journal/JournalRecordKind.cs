namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>What a record of a journal is. The numeric values are part of the format and may only grow.</summary>
public enum JournalRecordKind : byte
{
    /// <summary>None was read.</summary>
    None = 0,

    /// <summary>A depth event.</summary>
    Event = 1,

    /// <summary>A moment in which time alone made the engine doubt a book.</summary>
    Time = 2,
}
