namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// What a producer does when the engine has not made room in its lane: declared for each, counted either way.
/// </summary>
public enum FullLanePolicy : byte
{
    /// <summary>
    /// Leaves the message where it is until there is room, so that the venue's socket fills up and nothing is lost
    /// inside of this process. Other connections of the same reader go on.
    /// </summary>
    Wait,

    /// <summary>
    /// Drops the message and tells the engine of the hole as soon as there is room, before anything else of that book:
    /// the book leaves the quote and resyncs. Also for drivers that cannot wait, as a replay.
    /// </summary>
    DropAndFault,
}
