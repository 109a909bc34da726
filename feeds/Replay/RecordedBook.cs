namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>A book that a recording holds.</summary>
/// <param name="Symbol">In the venue's spelling.</param>
/// <param name="Depth">Levels it was subscribed with; 0 when the recording does not say.</param>
public sealed record RecordedBook(string Symbol, int Depth)
{
    /// <summary>
    /// Levels a side that its REST snapshots have at most, as their address says, 0 for all; null when there is none.
    /// </summary>
    public int? SnapshotLevels { get; init; }
}
