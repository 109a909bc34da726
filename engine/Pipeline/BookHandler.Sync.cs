using System;
using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <content>
/// The states of a book and what leads from one to the other:
/// <code>
/// Disconnected -Connecting-> Connecting -Subscribed-> Buffering -snapshot, updates reach it-> Live
/// Live -gap, wrong checksum, fault-> Gapped -snapshot-> Live        Live -crossed too long-> Suspect -snapshot-> Live
/// Live -silent, and the venue's book went on-> Stale -snapshot-> Live        any -Disconnected-> Disconnected
/// </code>
/// Every change of state is told to the quote stage at once: levels of a book that is not live leave the quote.
/// </content>
public sealed partial class BookHandler<TClock, TBids, TAsks>
{
    private void OnControl(ref DepthEvent item)
    {
        var status = _statuses[item.Book];
        ref var sync = ref _sync[item.Book];
        switch (item.Kind)
        {
            case EventKind.Connecting:
                Forget(status, ref sync);
                ForgetReached(item.Book, ref sync);
                Enter(ref item, status, BookState.Connecting, FaultCode.None, 0, 0);
                break;
            case EventKind.Subscribed:
                Forget(status, ref sync);
                Enter(ref item, status, BookState.Buffering, FaultCode.None, 0, 0);
                if (_definitions[item.Book].SnapshotSource == SnapshotSource.Rest)
                {
                    status.WantSnapshot();
                }

                break;
            case EventKind.Disconnected:
                Forget(status, ref sync);
                Enter(ref item, status, BookState.Disconnected, item.Fault, 0, 0);
                break;
            case EventKind.AuditBegins:
                BeginAudit(ref item, status);
                break;
            case EventKind.Fault:
                if ((BookState)status.StateValue is not (BookState.Disconnected or BookState.Connecting))
                {
                    status.Gaps += item.Fault == FaultCode.Gap ? 1 : 0;   // a missing message of the connection
                    OnBroken(ref item, status, item.Fault, 0, 0);
                }

                break;
            case EventKind.Listed:
                Attach(ref item, status);
                break;
            case EventKind.Delisted:
                Detach(ref item, status);
                break;
        }
    }

    /// <summary>
    /// The connection is another one, or none. <see cref="EventKind.Subscribed"/> also ends what a live book was: the
    /// reader says it when it has asked and before it reads on, never because of an acknowledgement, so that no
    /// snapshot of the new subscription can be before it, however early the venue sends one.
    /// </summary>
    private static void Forget(BookStatus status, ref BookSync sync)
    {
        NoteReached(status, ref sync);
        EndReseed(status, ref sync);
        sync.IsTentative = false;
    }

    /// <summary>
    /// A snapshot on the socket is always the book. One from REST only when the book waits for it, and only when it was
    /// asked for after the last fault: an earlier one may be older than what was lost, which not every venue's numbers
    /// would show.
    /// </summary>
    private bool IsAwaited(ref DepthEvent item, BookStatus status, ref BookSync sync)
    {
        if (_definitions[item.Book].SnapshotSource != SnapshotSource.Rest || (item.Flags & EventFlags.Pushed) != 0)
        {
            if (sync.IsReseeding)
            {
                EndReseed(status, ref sync);
            }

            return true;
        }

        return (sync.IsReseeding
                || (BookState)status.StateValue
                    is BookState.Buffering or BookState.Gapped or BookState.Suspect or BookState.Stale)
            && (item.SnapshotWish == 0 || item.SnapshotWish == status.SnapshotsWanted);
    }

    /// <summary>
    /// False when the awaited snapshot is too old, as far as that can be told before it is in the book; another one is
    /// asked for then. Whether the updates lead on from it is told when it is caught up with.
    /// </summary>
    private bool IsRecent(ref DepthEvent item, BookStatus status, ref BookSync sync)
    {
        var definition = _definitions[item.Book];
        if (definition.SnapshotSource != SnapshotSource.Rest
            || (item.Flags & EventFlags.Pushed) != 0
            || (sync.IsReseeding
                ? ReachesLiveBook(ref item, ref sync)
                : !IsOutdated(ref item, definition.ChainRule, ref sync)))
        {
            return true;
        }

        sync.Refusals++;
        status.SnapshotsTooOld++;
        status.WantSnapshot();
        return false;
    }

    /// <summary>An update for a book that is not live: kept if a REST snapshot is on its way, else of no use.</summary>
    private void KeepForLater(ref DepthEvent item, BookStatus status, ref BookSync sync)
    {
        if ((item.Flags & EventFlags.First) != 0)
        {
            Note(ref item, status);
        }

        var state = (BookState)status.StateValue;
        if (_definitions[item.Book].SnapshotSource != SnapshotSource.Rest
            || state is BookState.Disconnected or BookState.Connecting)
        {
            status.Ignored += (byte)(item.Flags & EventFlags.Last) >> 1;
            return;
        }

        if (sync.Pending.Count == 0 && (item.Flags & EventFlags.First) == 0)
        {
            return;   // the rest of a message whose first part did not fit: of no use, and already told
        }

        if (!sync.Pending.TryAppend(ref item))
        {
            sync.Pending.Clear();
            sync.Reached = Math.Max(sync.Reached, item.LastUpdateId);
            OnBroken(ref item, status, FaultCode.BufferOverflow, PendingUpdates.MaxEvents, 0);
        }
        else if (sync.IsHeld && (item.Flags & EventFlags.Last) != 0)
        {
            LookAtHeld(ref item, status, ref sync);
        }
    }

    /// <summary>
    /// A snapshot is in the book: applies what was buffered meanwhile, in order; live if the chain holds.
    /// </summary>
    /// <param name="cause">The snapshot, or the update that proves it.</param>
    /// <param name="status">The book's.</param>
    /// <param name="sync">The book's.</param>
    private void CatchUp(ref DepthEvent cause, BookStatus status, ref BookSync sync)
    {
        ref var book = ref _books[cause.Book];
        var rule = _definitions[cause.Book].ChainRule;
        var count = sync.Pending.Count;
        for (var index = 0; index < count; index++)
        {
            ref var item = ref sync.Pending[index];
            if ((item.Flags & EventFlags.First) != 0)
            {
                sync.MessageFault = FaultCode.None;
                sync.Verdict = UpdateChain.Judge(
                    rule, book.LastUpdateId, item.FirstUpdateId, item.LastUpdateId, sync.Follows);
                if (sync.Verdict == ChainVerdict.Gap)
                {
                    OnBehind(ref item, status, ref sync, index);
                    return;
                }

                status.Unproven += sync.Verdict == ChainVerdict.ApplyUnproven ? 1 : 0;
            }

            if (sync.Verdict == ChainVerdict.Ignore)
            {
                status.Ignored += (byte)(item.Flags & EventFlags.Last) >> 1;
                continue;
            }

            ApplyLevels(ref item, status, ref sync);
            if ((item.Flags & EventFlags.Last) != 0)
            {
                status.Updates++;
                if (!Complete(ref item, status, ref sync))
                {
                    return;
                }
            }
        }

        sync.Pending.Clear();
        EndHold(status, ref sync);
        if ((BookState)status.StateValue == BookState.Suspect && book.IsCrossed)
        {
            StayInDoubt(ref cause, status, ref sync);
            return;
        }

        sync.Refusals = 0;
        if (!sync.IsTentative || rule != ChainRule.Rising)
        {
            sync.Reached = 0;   // from here on the book's own id counts
        }

        if (sync.Faulted)
        {
            sync.Faulted = false;
            status.Resyncs++;
        }

        Enter(ref cause, status, BookState.Live, FaultCode.None, 0, 0);
    }

    /// <summary>
    /// A book that was doubted for being crossed, and is still: it would be quoted for as long as the grace with every
    /// snapshot. It stays out until the venue states one that is not crossed.
    /// </summary>
    private void StayInDoubt(ref DepthEvent snapshot, BookStatus status, ref BookSync sync)
    {
        ForgetCrossed(ref sync);
        sync.Reached = Math.Max(sync.Reached, _books[snapshot.Book].LastUpdateId);
        if (_definitions[snapshot.Book].SnapshotSource != SnapshotSource.EveryMessage)
        {
            status.WantSnapshot();   // where each message is a snapshot the next one comes by itself
        }
    }

    /// <summary>
    /// The snapshot does not reach the first of the buffered updates (venues answer from caches), or one of them is
    /// missing, whatever the snapshot had: keeps what follows and asks again.
    /// </summary>
    /// <remarks>Compiled in full at once: seldom needed, and then in the midst of traffic.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void OnBehind(ref DepthEvent item, BookStatus status, ref BookSync sync, int index)
    {
        if (index == 0)
        {
            status.SnapshotsTooOld++;
            _books[item.Book].Clear();
            ForgetCrossed(ref sync);
            if (!sync.IsHeld)
            {
                status.WantSnapshot();   // when it was held, another one is wanted already
            }

            EndHold(status, ref sync);
            return;
        }

        var expected = Expected(item.Book);
        var first = item.FirstUpdateId;
        status.Gaps++;
        OnBroken(ref item, status, FaultCode.Gap, expected, first);
        sync.Pending.DropFirst(index);
    }

    private void OnGap(ref DepthEvent item, BookStatus status)
    {
        status.Gaps++;
        OnBroken(ref item, status, FaultCode.Gap, Expected(item.Book), item.FirstUpdateId);
    }

    private long Expected(int book) =>
        UpdateChain.Expected(_definitions[book].ChainRule, _books[book].LastUpdateId);

    /// <summary>The book is not what the venue has: out of the quote, and a new snapshot is asked for.</summary>
    private void OnBroken(ref DepthEvent item, BookStatus status, FaultCode fault, long expected, long received)
    {
        ref var sync = ref _sync[item.Book];
        if ((BookState)status.StateValue == BookState.Live)
        {
            NoteReached(status, ref sync);
            EndReseed(status, ref sync);
        }

        sync.Faulted = true;
        EndHold(status, ref sync);
        if (fault is not (FaultCode.Gap or FaultCode.ChecksumMismatch))
        {
            status.Faults++;
        }

        var state = fault switch
        {
            FaultCode.Crossed => BookState.Suspect,
            FaultCode.Silent => BookState.Stale,
            _ => BookState.Gapped,
        };
        Enter(ref item, status, state, fault, expected, received);
        status.WantSnapshot();
    }

    private void Enter(
        ref DepthEvent item, BookStatus status, BookState state, FaultCode fault, long expected, long received)
    {
        var before = (BookState)status.StateValue;
        if (fault != FaultCode.None)
        {
            status.LastFault = (long)fault;
        }

        if (state != BookState.Live)
        {
            ForgetCrossed(ref _sync[item.Book]);
            EndAudit(item.Book);
        }

        if (before != state || fault != FaultCode.None)
        {
            _notices?.Post(new Notice
            {
                Nanos = item.ReceivedNanos,
                Book = item.Book,
                Before = before,
                State = state,
                Fault = fault,
                Expected = expected,
                Received = received,
            });
        }

        if (before != state)
        {
            status.SetState(state, item.ReceivedNanos);
        }

        var stage = _quotes[_definitions[item.Book].Instrument];
        var cause = new QuoteCause(item.Book, item.VenueUnixNanos, item.ReceivedNanos);
        if (before != state)
        {
            stage.OnState(in cause);
        }
        else if (state == BookState.Live)
        {
            stage.OnBook(in cause);
        }

        RemoveUnfit(stage, ref item);
    }

    /// <summary>
    /// A book whose numbers cannot be compared with those of the other venues is taken out, with its reason.
    /// </summary>
    private void RemoveUnfit(QuoteStage<TClock, TBids, TAsks> stage, ref DepthEvent item)
    {
        for (var unfit = stage.TakeUnfit(); unfit >= 0; unfit = stage.TakeUnfit())
        {
            var own = item;
            own.Book = unfit;
            OnBroken(ref own, _statuses[unfit], FaultCode.ScaleOverflow, 0, 0);
        }
    }

    private void NoteCrossed(long nanos, BookStatus status, ref BookSync sync, bool crossed)
    {
        if (!crossed)
        {
            ForgetCrossed(ref sync);
            return;
        }

        status.Crossed++;
        if (sync.CrossedSinceNanos == 0)
        {
            sync.CrossedSinceNanos = nanos == 0 ? 1 : nanos;
            _crossedCount++;
        }
    }

    private void ForgetCrossed(ref BookSync sync)
    {
        if (sync.CrossedSinceNanos != 0)
        {
            sync.CrossedSinceNanos = 0;
            _crossedCount--;
        }
    }

    /// <remarks>Compiled in full at once: books are crossed too seldom while the hot path warms up.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private bool CheckCrossed(long nanos)
    {
        var doubted = false;
        for (var book = 0; book < _sync.Length; book++)
        {
            var since = _sync[book].CrossedSinceNanos;
            if (since != 0 && nanos - since > _definitions[book].CrossedGraceNanos
                && (BookState)_statuses[book].StateValue == BookState.Live)
            {
                var item = new DepthEvent { Book = book, ReceivedNanos = nanos };
                OnBroken(ref item, _statuses[book], FaultCode.Crossed, 0, 0);
                doubted = true;
            }
        }

        return doubted;
    }

    /// <summary>Cold: once for each book that has a second feed.</summary>
    private static void MakeTops(ref BookSync sync)
    {
        sync.Tops = new RecentTops();
        sync.Passed = new PassedTops();
    }
}
