namespace LowLatencyQuoter.Engine.Ring;

/// <summary>Where a ring keeps the sequences of its slots.</summary>
public enum SequenceLayout
{
    /// <summary>
    /// In front of each event: the line that tells of the event holds its beginning. Least time from core to core.
    /// </summary>
    InSlot = 0,

    /// <summary>
    /// In lines of their own, eight to a line: an event that fills its lines takes none for its sequence. Most events a
    /// second from several producers.
    /// </summary>
    Apart = 1,

    /// <summary>
    /// One for all slots: a batch is published by one store and found by one look. Most events a second from one
    /// producer; several would have to wait for each other, and are refused.
    /// </summary>
    Cursor = 2,
}
