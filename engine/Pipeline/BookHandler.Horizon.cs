using System.Runtime.CompilerServices;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <content>
/// What is done about snapshots that are cut off. The book knows how far it is complete; when a side has too few known
/// levels left, a new snapshot is asked for while the book stays live: updates are applied as ever, and buffered too.
/// The snapshot is looked at before anything is touched. One that does not reach what is buffered is refused and asked
/// for again. One that does takes the book's place, catches up with what is buffered, and is quoted then, as one event.
/// </content>
public sealed partial class BookHandler<TClock, TBids, TAsks>
{
    /// <summary>Call when a live book with limited snapshots has changed.</summary>
    private void WatchHorizon(int index, BookStatus status, BookDefinition definition, ref BookSync sync)
    {
        ref var book = ref _books[index];
        NoteHorizon(status, ref book);
        var bare = book.IsShort(1);
        status.HorizonsReached += bare && !sync.IsBare ? 1 : 0;
        sync.IsBare = bare;
        if (!sync.IsReseeding
            && definition.SnapshotSource == SnapshotSource.Rest
            && (BookState)status.StateValue == BookState.Live
            && book.IsShort(definition.ReseedLevels))
        {
            sync.IsReseeding = true;
            sync.ReseedFrom = book.LastUpdateId;
            status.IsReseeding = true;   // before the wish, so that whoever serves it knows what for
            status.ReseedsWanted++;
            status.WantSnapshot();
        }
    }

    private static void NoteHorizon(BookStatus status, ref OrderBook<TBids, TAsks> book)
    {
        status.BidHorizon = book.BidHorizon.Price;
        status.AskHorizon = book.AskHorizon.Price;
        status.HorizonScale = book.PriceScale;
        status.KnownBids = book.Bids.Count;
        status.KnownAsks = book.Asks.Count;
    }

    /// <summary>
    /// Buffers an update that is applied to the live book too. Without room the attempt is over; the next message of
    /// the book begins another.
    /// </summary>
    private static void KeepForReseed(ref DepthEvent item, BookStatus status, ref BookSync sync)
    {
        if (!sync.Pending.TryAppend(ref item))
        {
            EndReseed(status, ref sync);
        }
    }

    /// <summary>True when what is buffered leads from the snapshot to where the live book is.</summary>
    /// <remarks>Compiled in full at once, as is what is called too seldom while the hot path warms up.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private bool ReachesLiveBook(ref DepthEvent snapshot, ref BookSync sync)
    {
        if (snapshot.LastUpdateId < sync.ReseedFrom)
        {
            return false;
        }

        var rule = _definitions[snapshot.Book].ChainRule;
        var applied = snapshot.LastUpdateId;
        var follows = false;
        for (var index = 0; index < sync.Pending.Count; index++)
        {
            ref var item = ref sync.Pending[index];
            if ((item.Flags & EventFlags.First) == 0)
            {
                continue;
            }

            switch (UpdateChain.Judge(rule, applied, item.FirstUpdateId, item.LastUpdateId, follows))
            {
                case ChainVerdict.Gap:
                    return false;
                case ChainVerdict.Ignore:
                    continue;
            }

            applied = item.LastUpdateId;
            follows = true;
        }

        return true;
    }

    /// <summary>
    /// The snapshot stands in the live book's place: applies what is buffered, which was counted when it came, and
    /// quotes.
    /// </summary>
    /// <remarks>Compiled in full at once likewise.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void FinishReseed(ref DepthEvent snapshot, BookStatus status, ref BookSync sync)
    {
        ref var book = ref _books[snapshot.Book];
        var rule = _definitions[snapshot.Book].ChainRule;
        book.LastUpdateId = snapshot.LastUpdateId;
        sync.Follows = false;
        for (var index = 0; index < sync.Pending.Count; index++)
        {
            ref var item = ref sync.Pending[index];
            if ((item.Flags & EventFlags.First) != 0)
            {
                sync.Verdict = UpdateChain.Judge(
                    rule, book.LastUpdateId, item.FirstUpdateId, item.LastUpdateId, sync.Follows);
            }

            if (sync.Verdict == ChainVerdict.Ignore)
            {
                continue;
            }

            ApplyLevels(ref item, status, ref sync);
            if ((item.Flags & EventFlags.Last) != 0)
            {
                book.LastUpdateId = item.LastUpdateId;
                sync.Follows = true;
            }
        }

        EndReseed(status, ref sync);
        NoteLevels(status, ref book);
        if (sync.MessageFault != FaultCode.None)
        {
            OnBroken(ref snapshot, status, sync.MessageFault, 0, 0);
            return;
        }

        status.Reseeds++;
        sync.Refusals = 0;
        NoteCrossed(snapshot.ReceivedNanos, status, ref sync, book.IsCrossed);
        Enter(ref snapshot, status, BookState.Live, FaultCode.None, 0, 0);
    }

    private static void EndReseed(BookStatus status, ref BookSync sync)
    {
        sync.IsReseeding = false;
        sync.Pending.Clear();
        EndHold(status, ref sync);
        status.IsReseeding = false;
    }
}
