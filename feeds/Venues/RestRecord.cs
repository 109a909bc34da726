namespace LowLatencyQuoter.Feeds.Venues;

/// <summary>What a REST address of a venue serves.</summary>
public enum RestRecord : byte
{
    /// <summary>Nothing that is needed here.</summary>
    Other = 0,

    /// <summary>The book of one symbol.</summary>
    Snapshot,

    /// <summary>The list of instruments with their precision.</summary>
    Instruments,
}
