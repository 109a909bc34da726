namespace LowLatencyQuoter.Engine.Threading;

/// <summary>Who runs the agents of the pipeline. The handlers are the same in every mode.</summary>
public enum ThreadingMode
{
    /// <summary>A thread for the books and quotes, one for the publication, one for each venue connection.</summary>
    Dedicated,

    /// <summary>
    /// Books, quotes and publication take turns on one thread; venue connections keep theirs, since they block.
    /// </summary>
    Shared,

    /// <summary>No thread at all: the caller drives the agents (replay, tests).</summary>
    Invoker,
}
