namespace LowLatencyQuoter.Shm;

/// <summary>What looking for a quote came to.</summary>
public enum SharedRead
{
    /// <summary>A whole quote was read.</summary>
    Quote = 0,

    /// <summary>There is none, or none yet; the one read before is still there.</summary>
    Nothing = 1,

    /// <summary>
    /// The slot was being written at every look: the writer is faster than the reader, or died in the middle of it; see
    /// <see cref="SharedQuotes.CheckWriter"/>.
    /// </summary>
    Torn = 2,
}
