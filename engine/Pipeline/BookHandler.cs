using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// The only writer of books: takes depth events in order, keeps each book's state, chain and levels, and calls the
/// quote stage of the instrument. This file holds what happens to levels; <c>BookHandler.Sync.cs</c> holds the states,
/// <c>BookHandler.Horizon.cs</c> what is done about snapshots that are cut off.
/// Threads: one, the engine's; statuses may be read by any.
/// </summary>
/// <typeparam name="TClock">Stamps quotes and states.</typeparam>
/// <typeparam name="TBids">Structure that keeps the bids.</typeparam>
/// <typeparam name="TAsks">Structure that keeps the asks.</typeparam>
[HotPath]
public sealed partial class BookHandler<TClock, TBids, TAsks> : IDisposable
    where TClock : IClock
    where TBids : struct, IBookSide<BidSide>
    where TAsks : struct, IBookSide<AskSide>
{
    private readonly BookDefinition[] _definitions;
    private readonly OrderBook<TBids, TAsks>[] _books;
    private readonly BookStatus[] _statuses;
    private readonly BookSync[] _sync;
    private readonly QuoteStage<TClock, TBids, TAsks>[] _quotes;
    private readonly NoticeBoard? _notices;
    private int _crossedCount;

    /// <summary>Handles the books of a table.</summary>
    /// <param name="table">Which books and instruments there are.</param>
    /// <param name="books">Levels of each book.</param>
    /// <param name="quotes">A quote stage for each instrument, in their order.</param>
    /// <param name="notices">Where state changes are told; null: nowhere.</param>
    public BookHandler(
        BookTable table,
        OrderBook<TBids, TAsks>[] books,
        QuoteStage<TClock, TBids, TAsks>[] quotes,
        NoticeBoard? notices)
    {
        _definitions = table.Definitions;
        _books = books;
        _statuses = table.Statuses;
        _quotes = quotes;
        _notices = notices;
        _audits = new BookAudit?[_books.Length];
        _sync = new BookSync[_books.Length];
        for (var book = 0; book < _sync.Length; book++)
        {
            _sync[book].Member = table.MemberOf(book);
            if (_definitions[book].SnapshotSource == SnapshotSource.Rest
                && _definitions[book].ChainRule is not (ChainRule.None or ChainRule.Linked))
            {
                _audits[book] = new BookAudit();
            }
        }
    }

    /// <summary>
    /// Takes one event. Messages of one book that span several events must come without others of it between.
    /// </summary>
    public void OnEvent(ref DepthEvent item)
    {
        switch (item.Kind)
        {
            case EventKind.Update:
                OnUpdate(ref item);
                break;
            case EventKind.Snapshot:
                OnSnapshot(ref item);
                break;
            case EventKind.TopOfBook:
                OnTopOfBook(ref item);
                break;
            default:
                OnControl(ref item);
                break;
        }

        // Between two parts of a message a book is neither crossed nor whole: it is judged at the last one.
        if (_crossedCount != 0 && (item.Flags & EventFlags.Last) != 0)
        {
            CheckCrossed(item.ReceivedNanos);
        }
    }

    /// <summary>
    /// Call now and then while no events come: grace periods end by the clock. True, with that time, when a book was
    /// doubted.
    /// </summary>
    public bool OnIdle(TClock clock, out long nanos)
    {
        nanos = 0;
        if (_crossedCount == 0)
        {
            return false;
        }

        nanos = clock.NowNanos();
        return CheckCrossed(nanos);
    }

    /// <summary>Gives back what is buffered.</summary>
    public void Dispose()
    {
        foreach (ref var sync in _sync.AsSpan())
        {
            sync.Pending.Clear();
            sync.Staged.Clear();
        }

        foreach (var audit in _audits)
        {
            audit?.End();
        }

        _stated.Free();
    }

    private void OnUpdate(ref DepthEvent item)
    {
        var status = _statuses[item.Book];
        ref var sync = ref _sync[item.Book];
        if ((BookState)status.StateValue != BookState.Live)
        {
            KeepForLater(ref item, status, ref sync);
            return;
        }

        if ((item.Flags & EventFlags.First) != 0)
        {
            if (sync.IsTentative && !Confirms(ref item, status, ref sync))
            {
                KeepForLater(ref item, status, ref sync);
                return;
            }

            Begin(ref item, status, ref sync);
            sync.Verdict = UpdateChain.Judge(
                _definitions[item.Book].ChainRule, _books[item.Book].LastUpdateId, item.FirstUpdateId,
                item.LastUpdateId, sync.Follows);
            if (sync.Verdict == ChainVerdict.Gap)
            {
                OnGap(ref item, status);
                KeepForLater(ref item, status, ref sync);
                return;
            }

            status.Unproven += sync.Verdict == ChainVerdict.ApplyUnproven ? 1 : 0;
        }

        if (sync.Verdict == ChainVerdict.Ignore)
        {
            status.Ignored += (byte)(item.Flags & EventFlags.Last) >> 1;
            return;
        }

        if (sync.IsReseeding)
        {
            KeepForReseed(ref item, status, ref sync);
        }

        KeepForAudit(ref item, status);
        ApplyLevels(ref item, status, ref sync);
        if ((item.Flags & EventFlags.Last) != 0)
        {
            status.Updates++;
            if (Complete(ref item, status, ref sync))
            {
                Quote(ref item, ref sync);
                AuditWhenDue(ref item, status);
                var definition = _definitions[item.Book];
                if (definition.SnapshotLevels != 0)
                {
                    WatchHorizon(item.Book, status, definition, ref sync);
                    if (sync.IsHeld)
                    {
                        LookAtStaged(ref item, status, ref sync);
                    }
                }
            }
        }
    }

    private void OnSnapshot(ref DepthEvent item)
    {
        var status = _statuses[item.Book];
        ref var sync = ref _sync[item.Book];
        if (item.SnapshotWish == BookAudit.Wish)
        {
            OnStatement(ref item, status);
            return;
        }

        if ((item.Flags & EventFlags.First) != 0)
        {
            sync.Verdict = IsAwaited(ref item, status, ref sync) && IsRecent(ref item, status, ref sync)
                ? ChainVerdict.Apply
                : ChainVerdict.Ignore;
            sync.IsStaging = sync.Verdict == ChainVerdict.Apply && IsAhead(ref item, ref sync);
        }

        if (sync.Verdict != ChainVerdict.Apply)
        {
            status.StatedUpdateId = item.LastUpdateId;
            status.Ignored += (byte)(item.Flags & EventFlags.Last) >> 1;
            return;
        }

        if (sync.IsStaging)
        {
            Stage(ref item, status, ref sync);
            return;
        }

        TakeSnapshot(ref item, status, ref sync);
    }

    /// <summary>A part of a snapshot goes into the book; with the last part the book is what it says.</summary>
    private void TakeSnapshot(ref DepthEvent item, BookStatus status, ref BookSync sync)
    {
        if ((item.Flags & EventFlags.First) != 0)
        {
            ref var book = ref _books[item.Book];
            EndAudit(item.Book);
            Begin(ref item, status, ref sync);
            book.Clear();
            sync.Touched.AddEverything();
            book.PriceScale = item.PriceScale;
            book.QuantityScale = item.QuantityScale;
        }

        ApplyLevels(ref item, status, ref sync);
        if ((item.Flags & EventFlags.Last) != 0)
        {
            status.Snapshots++;
            Seed(ref item, status, ref sync);
        }
    }

    /// <summary>The snapshot is whole: brings the book to where the venue's is.</summary>
    private void Seed(ref DepthEvent item, BookStatus status, ref BookSync sync)
    {
        var definition = _definitions[item.Book];
        if (definition.SnapshotLevels != 0)
        {
            _books[item.Book].SetHorizon(definition.SnapshotLevels);
        }

        if (sync.IsReseeding)
        {
            FinishReseed(ref item, status, ref sync);
        }
        else if (Complete(ref item, status, ref sync))
        {
            if (MayBeTaken(ref item, status, ref sync))
            {
                EndHold(status, ref sync);
                CatchUp(ref item, status, ref sync);
            }
            else
            {
                Hold(ref item, status, ref sync);
            }
        }

        if (definition.SnapshotLevels != 0)
        {
            WatchHorizon(item.Book, status, definition, ref sync);
        }
    }

    private static void Begin(ref DepthEvent item, BookStatus status, ref BookSync sync)
    {
        sync.Touched = TouchedPrices.Nothing;
        sync.MessageFault = FaultCode.None;
        if (!sync.IsReseeding || item.Kind == EventKind.Update)
        {
            Note(ref item, status);   // what was asked for beside a live book says nothing of its stream
        }
    }

    private static void Note(ref DepthEvent item, BookStatus status)
    {
        status.LastReceivedNanos = item.ReceivedNanos;
        if (item.VenueUnixNanos != 0)
        {
            status.LastVenueUnixNanos = item.VenueUnixNanos;
        }
    }

    private void ApplyLevels(ref DepthEvent item, BookStatus status, ref BookSync sync)
    {
        var fault = _books[item.Book].Apply(ref item, ref sync.Touched, out var widened);
        if (fault != FaultCode.None)
        {
            sync.MessageFault = fault;
        }

        if (widened)
        {
            status.Widened++;
        }
    }

    /// <summary>
    /// The message is whole: cuts the book to its window, proves it by the checksum, compares it with other feeds.
    /// False when it is wrong; the fault has been dealt with.
    /// </summary>
    private bool Complete(ref DepthEvent item, BookStatus status, ref BookSync sync)
    {
        ref var book = ref _books[item.Book];
        var definition = _definitions[item.Book];
        if (definition.WindowLevels != 0)
        {
            book.Truncate(definition.WindowLevels);
        }

        book.LastUpdateId = item.LastUpdateId;
        NoteLevels(status, ref book);
        if (sync.MessageFault != FaultCode.None)
        {
            OnBroken(ref item, status, sync.MessageFault, 0, 0);
            return false;
        }

        if (item.ChecksumAlgorithm != ChecksumAlgorithm.None && !ChecksumHolds(ref item, status, definition, ref book))
        {
            return false;
        }

        NoteCrossed(item.ReceivedNanos, status, ref sync, book.IsCrossed);
        sync.Follows = item.Kind == EventKind.Update;
        if (sync.Tops is not null)
        {
            CrossCheck(ref book, status, ref sync);
        }

        return true;
    }

    private static void NoteLevels(BookStatus status, ref OrderBook<TBids, TAsks> book)
    {
        status.LastUpdateId = book.LastUpdateId;
        status.BidLevels = book.BidCount;
        status.AskLevels = book.AskCount;
    }

    private bool ChecksumHolds(
        ref DepthEvent item, BookStatus status, BookDefinition definition, ref OrderBook<TBids, TAsks> book)
    {
        if (definition.ChecksumPolicy == ChecksumPolicy.Off)
        {
            return true;
        }

        status.ChecksumsChecked++;
        if (item.ChecksumAlgorithm == ChecksumAlgorithm.NotComparable)
        {
            return true;
        }

        var computed = item.ChecksumAlgorithm switch
        {
            ChecksumAlgorithm.CrcOfInterleavedText => InterleavedTextChecksum.Compute(ref book),
            ChecksumAlgorithm.CrcOfInterleavedNumbers => InterleavedNumbersChecksum.Compute(ref book),
            _ => TenLevelDigitsChecksum.Compute(ref book),
        };
        if (computed == item.Checksum)
        {
            status.ChecksumsMatched++;
            return true;
        }

        if (definition.ChecksumPolicy == ChecksumPolicy.Advisory)
        {
            return true;
        }

        OnBroken(ref item, status, FaultCode.ChecksumMismatch, item.Checksum, computed);
        return false;
    }

    private void Quote(ref DepthEvent item, ref BookSync sync)
    {
        var stage = _quotes[_definitions[item.Book].Instrument];
        var cause = new QuoteCause(item.Book, item.VenueUnixNanos, item.ReceivedNanos);
        if (sync.Touched.Bid == long.MaxValue)
        {
            stage.OnBook(in cause);   // a widened book may change the common scale
        }
        else
        {
            stage.OnLevels(sync.Member, in sync.Touched, in cause);
        }

        RemoveUnfit(stage, ref item);
    }

    private void OnTopOfBook(ref DepthEvent item)
    {
        var status = _statuses[item.Book];
        ref var sync = ref _sync[item.Book];
        ref var book = ref _books[item.Book];
        if (sync.Tops is null)
        {
            MakeTops(ref sync);
        }

        var live = (BookState)status.StateValue == BookState.Live;
        if (!live || item.LastUpdateId > book.LastUpdateId)
        {
            sync.Tops!.Add(ref item);
        }
        else if (item.LastUpdateId < book.LastUpdateId)
        {
            if (sync.Passed!.TryFind(item.LastUpdateId, out var passed))
            {
                Count(StatedTop.From(ref item).Equals(in passed), status);
            }
        }
        else if (sync.Follows)
        {
            Count(StatedTop.From(ref item).Equals(ref book), status);
        }
    }

    /// <summary>
    /// What is compared is what updates made of the book: a snapshot is the venue's own statement, and taken as it is.
    /// </summary>
    private static void CrossCheck(ref OrderBook<TBids, TAsks> book, BookStatus status, ref BookSync sync)
    {
        var found = sync.Tops!.TryTake(book.LastUpdateId, out var top);
        if (!sync.Follows)
        {
            return;
        }

        sync.Passed!.Add(ref book);
        if (found)
        {
            Count(top.Equals(ref book), status);
        }
    }

    private static void Count(bool equal, BookStatus status)
    {
        status.CrossChecks++;
        if (equal)
        {
            status.CrossChecksEqual++;
        }
    }
}
