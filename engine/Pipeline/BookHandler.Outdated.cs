using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <content>
/// Snapshots out of a venue's cache: one that was asked for after a fault may all the same be older than what the fault
/// took away, and where nothing follows it, or where ids are times, the chain of updates does not show that.
/// </content>
public sealed partial class BookHandler<TClock, TBids, TAsks>
{
    /// <summary>
    /// So many snapshots in a row are refused, with growing waits between; the next one is taken: no cache is that old,
    /// so it was an update's id that was wrong.
    /// </summary>
    private const int RefusalsMax = 8;

    /// <summary>
    /// The book leaves what it was: no older snapshot may take its place. What nothing had proven yet does not count.
    /// </summary>
    private static void NoteReached(BookStatus status, ref BookSync sync)
    {
        if ((BookState)status.StateValue == BookState.Live && !sync.IsTentative)
        {
            sync.Reached = Math.Max(sync.Reached, status.LastUpdateId);
        }
    }

    /// <summary>Ids that count may begin anew with a connection; times do not.</summary>
    private void ForgetReached(int book, ref BookSync sync)
    {
        if (_definitions[book].ChainRule != ChainRule.Rising)
        {
            sync.Reached = 0;
        }
    }

    /// <summary>
    /// True when the snapshot is older than what the book had, or, where ids only rise, than the first update that was
    /// kept: updates between the two may be missing. A recording cannot be asked again, and is taken as it is.
    /// </summary>
    private static bool IsOutdated(ref DepthEvent snapshot, ChainRule rule, ref BookSync sync)
    {
        if (snapshot.SnapshotWish == 0
            || sync.Refusals >= RefusalsMax
            || rule is not (ChainRule.Contiguous or ChainRule.Consecutive or ChainRule.Rising))
        {
            return false;
        }

        return snapshot.LastUpdateId < sync.Reached
            || (rule == ChainRule.Rising && sync.Pending.Count != 0
                && snapshot.LastUpdateId < sync.Pending[0].LastUpdateId);
    }
}
