using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <content>
/// Books held against the venue's own, where REST snapshots carry the ids of the updates. The reader says that it asks
/// (<see cref="EventKind.AuditBegins"/>), updates are kept from then on, and the answer comes as a snapshot with the
/// wish <see cref="BookAudit.Wish"/>, which no book takes. When the book has reached the answer's id, the answer and
/// the updates behind it are the venue's book at the id of ours, and the two have to be equal.
/// </content>
public sealed partial class BookHandler<TClock, TBids, TAsks>
{
    private readonly BookAudit?[] _audits;   // of the books whose REST snapshots and updates have ids in common
    private OrderBook<TBids, TAsks> _stated;

    private void BeginAudit(ref DepthEvent item, BookStatus status)
    {
        if (_audits[item.Book] is not { } audit || (BookState)status.StateValue != BookState.Live)
        {
            return;
        }

        if (audit.IsOpen)
        {
            status.AuditsUnaligned++;   // the answer to the question before never came, or the updates up to it
        }

        audit.Begin(_books[item.Book].LastUpdateId);
    }

    private void EndAudit(int book)
    {
        if (_audits[book] is { IsOpen: true } audit)
        {
            audit.End();
        }
    }

    private void OnStatement(ref DepthEvent item, BookStatus status)
    {
        if (_audits[item.Book] is not { IsOpen: true } audit)
        {
            return;   // the book was lost meanwhile, and is taken anew anyway
        }

        if (!audit.TryState(ref item))
        {
            GiveUp(status, audit);
        }
        else if (audit.HasStatement)
        {
            Audit(ref item, status, audit);
        }
    }

    private void KeepForAudit(ref DepthEvent item, BookStatus status)
    {
        if (_audits[item.Book] is { IsOpen: true } audit && !audit.TryKeep(ref item))
        {
            GiveUp(status, audit);
        }
    }

    /// <summary>The book is whole at an id: compares it when the venue's statement is not ahead any more.</summary>
    private void AuditWhenDue(ref DepthEvent item, BookStatus status)
    {
        if (_audits[item.Book] is { HasStatement: true } audit)
        {
            Audit(ref item, status, audit);
        }
    }

    private void Audit(ref DepthEvent item, BookStatus status, BookAudit audit)
    {
        ref var book = ref _books[item.Book];
        if (book.LastUpdateId < audit.StatedId)
        {
            return;   // the updates up to there are on their way
        }

        var definition = _definitions[item.Book];
        if (!audit.TryRebuild(ref _stated, definition.ChainRule, definition.WindowLevels)
            || _stated.LastUpdateId != book.LastUpdateId)
        {
            GiveUp(status, audit);
            return;
        }

        audit.End();
        status.Audits++;
        if (!BookDifference.TryFind(ref _stated, ref book, out var difference))
        {
            audit.Differing = 0;
            return;
        }

        status.AuditsDiffering++;
        audit.Differing++;
        _notices?.Post(new Notice
        {
            Nanos = item.ReceivedNanos,
            Book = item.Book,
            Before = BookState.Live,
            State = BookState.Live,
            Fault = FaultCode.AuditDiffers,
            Received = book.LastUpdateId,
            Difference = difference,
        });
        if (audit.Differing >= BookAudit.DifferingMax)
        {
            audit.Differing = 0;
            OnBroken(ref item, status, FaultCode.AuditDiffers, 0, 0);
        }
    }

    private static void GiveUp(BookStatus status, BookAudit audit)
    {
        audit.End();
        status.AuditsUnaligned++;
    }
}
