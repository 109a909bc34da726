namespace LowLatencyQuoter.Feeds.Live;

/// <summary>What came of a REST request for a snapshot.</summary>
/// <param name="Book">Index of the book.</param>
/// <param name="Connection">
/// Number of the connection it was asked for; an answer for an earlier one is of no use.
/// </param>
/// <param name="Wanted">The book's count of wishes when it was asked for.</param>
/// <param name="Body">The body, or null.</param>
/// <param name="Failure">Why there is none, or null.</param>
/// <param name="PauseMillis">How long the venue wants to be left alone; 0: not said.</param>
internal sealed record SnapshotAnswer(
    int Book, long Connection, long Wanted, byte[]? Body, string? Failure, int PauseMillis);
