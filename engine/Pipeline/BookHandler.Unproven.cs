using System;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <content>
/// Snapshots that nothing has proven yet. A body does not name its book, and a cache may serve it: what shows that it
/// is this book's is an update that leads on from it. One that is ahead of all updates, or has none beside it, is held
/// back until such an update comes; another one is asked for meanwhile. In a market without updates none comes: when
/// the venue states the same book once more and no update came between, the book goes live, tentatively: the first
/// update has to lead on from it, or the book is out in that event. What was not asked for, as in a recording, is
/// taken as it is.
/// </content>
public sealed partial class BookHandler<TClock, TBids, TAsks>
{
    /// <summary>So many updates that are older than a snapshot say that it is not this book's.</summary>
    private const int BehindMax = 64;

    /// <summary>
    /// True when the updates decide about the snapshot that is in the book, or the venue stated it before. Where ids
    /// are times, an update that was kept and is not newer shows that nothing after it is missing.
    /// </summary>
    private bool MayBeTaken(ref DepthEvent snapshot, BookStatus status, ref BookSync sync)
    {
        sync.IsTentative = false;
        var definition = _definitions[snapshot.Book];
        var rule = definition.ChainRule;
        if (snapshot.SnapshotWish == 0
            || definition.SnapshotSource != SnapshotSource.Rest
            || (snapshot.Flags & EventFlags.Pushed) != 0
            || rule is not (ChainRule.Contiguous or ChainRule.Consecutive or ChainRule.Rising))
        {
            return true;
        }

        if (rule == ChainRule.Rising ? sync.Pending.Count != 0 : NewestOf(ref sync.Pending) >= snapshot.LastUpdateId)
        {
            return true;
        }

        sync.IsTentative = IsStatedAgain(ref snapshot, rule, ref sync);
        if (sync.IsTentative && rule == ChainRule.Rising)
        {
            sync.Reached = Math.Max(sync.Reached, snapshot.LastUpdateId);   // the venue had it, whatever comes
        }

        status.SnapshotsUnproven += sync.IsHeld && !sync.IsTentative ? 1 : 0;
        return sync.IsTentative;
    }

    /// <summary>True when the snapshot says what the one that is held says, and no update came between.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static bool IsStatedAgain(ref DepthEvent snapshot, ChainRule rule, ref BookSync sync) =>
        sync.IsHeld && sync.Behind == 0
        && (rule == ChainRule.Rising
            ? snapshot.LastUpdateId >= sync.HeldId
            : snapshot.LastUpdateId == sync.HeldId);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static long NewestOf(ref PendingUpdates updates)
    {
        var newest = long.MinValue;
        for (var index = 0; index < updates.Count; index++)
        {
            newest = Math.Max(newest, updates[index].LastUpdateId);
        }

        return newest;
    }

    /// <summary>The snapshot stays in the book, which is not live, until an update proves it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void BeginHold(ref DepthEvent snapshot, BookStatus status, ref BookSync sync)
    {
        sync.IsHeld = true;
        sync.HeldId = snapshot.LastUpdateId;
        sync.Behind = 0;
        status.HoldsSnapshot = true;   // before the wish, so that whoever serves it knows what for
        status.WantSnapshot();
    }

    private static void EndHold(BookStatus status, ref BookSync sync)
    {
        sync.IsHeld = false;
        sync.Staged.Clear();
        status.HoldsSnapshot = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Hold(ref DepthEvent snapshot, BookStatus status, ref BookSync sync)
    {
        ForgetCrossed(ref sync);
        BeginHold(ref snapshot, status, ref sync);
    }

    /// <summary>An update came, and is kept: takes the snapshot that is held, gives it up, or waits on.</summary>
    /// <remarks>Compiled in full at once: seldom needed, and then in the midst of traffic.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void LookAtHeld(ref DepthEvent update, BookStatus status, ref BookSync sync)
    {
        var definition = _definitions[update.Book];
        var isRising = definition.ChainRule == ChainRule.Rising;
        var isBehind = update.LastUpdateId < sync.HeldId;
        sync.Behind++;
        if (isRising ? update.LastUpdateId > sync.HeldId : isBehind && sync.Behind > BehindMax)
        {
            status.SnapshotsUnproven++;
            _books[update.Book].Clear();
            EndHold(status, ref sync);
            return;
        }

        if (isBehind && !isRising)
        {
            return;
        }

        NoteCrossed(update.ReceivedNanos, status, ref sync, _books[update.Book].IsCrossed);
        CatchUp(ref update, status, ref sync);
        if (definition.SnapshotLevels != 0)
        {
            WatchHorizon(update.Book, status, definition, ref sync);
        }
    }

    /// <summary>
    /// The first update of a book that is live because the venue stated it twice. False when it does not lead on from
    /// there; the book is out then.
    /// </summary>
    /// <remarks>Compiled in full at once likewise.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private bool Confirms(ref DepthEvent update, BookStatus status, ref BookSync sync)
    {
        var known = _books[update.Book].LastUpdateId;
        if (_definitions[update.Book].ChainRule == ChainRule.Rising
            ? update.LastUpdateId <= known
            : update.LastUpdateId >= known)
        {
            sync.IsTentative = false;
            return true;
        }

        status.SnapshotsUnproven++;
        OnBroken(ref update, status, FaultCode.SnapshotUnproven, known, update.LastUpdateId);
        sync.IsTentative = false;
        return false;
    }

    /// <summary>
    /// True when a snapshot for a live book is ahead of the book's updates, which have to come there first: until then
    /// the live book stays as it is.
    /// </summary>
    private bool IsAhead(ref DepthEvent snapshot, ref BookSync sync) =>
        sync.IsReseeding
        && snapshot.SnapshotWish != 0
        && snapshot.LastUpdateId > _books[snapshot.Book].LastUpdateId
        && !IsStatedAgain(ref snapshot, ChainRule.Contiguous, ref sync);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Stage(ref DepthEvent part, BookStatus status, ref BookSync sync)
    {
        if ((part.Flags & EventFlags.First) != 0)
        {
            status.SnapshotsUnproven += sync.IsHeld ? 1 : 0;
            EndHold(status, ref sync);
        }

        var hasRoom = sync.Staged.TryAppend(ref part);
        if ((part.Flags & EventFlags.Last) == 0)
        {
            return;
        }

        if (hasRoom)
        {
            BeginHold(ref part, status, ref sync);
        }
        else
        {
            EndHold(status, ref sync);   // larger than any that is asked for: the next attempt is another update's
            EndReseed(status, ref sync);
        }
    }

    /// <summary>When the live book has come to where the snapshot is, that takes the book's place.</summary>
    /// <remarks>Compiled in full at once likewise.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void LookAtStaged(ref DepthEvent update, BookStatus status, ref BookSync sync)
    {
        sync.Behind++;
        if (_books[update.Book].LastUpdateId < sync.HeldId)
        {
            return;
        }

        var staged = sync.Staged;
        sync.Staged = default;
        EndHold(status, ref sync);
        if (ReachesLiveBook(ref staged[0], ref sync))
        {
            for (var part = 0; part < staged.Count; part++)
            {
                staged[part].ReceivedNanos = update.ReceivedNanos;
                TakeSnapshot(ref staged[part], status, ref sync);
            }
        }
        else
        {
            status.SnapshotsUnproven++;
        }

        staged.Clear();
    }
}
