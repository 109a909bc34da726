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
    /// second.
    /// </summary>
    Apart = 1,
}
