namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>What a reader does when the engine has not made room in its lane.</summary>
public enum FullLanePolicy : byte
{
    /// <summary>Waits, so that the venue's socket fills up and nothing is lost inside of this process.</summary>
    Wait,

    /// <summary>
    /// Drops the message and marks its book as faulted: the book resyncs. For drivers that cannot wait.
    /// </summary>
    DropAndFault,
}
