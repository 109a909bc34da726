using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <content>
/// Books that come and go while others are quoted. Both are events of the book's lane, so that they lie between its
/// messages and those of other books notice nothing: only the merge of the book's instrument is made anew. Cold.
/// </content>
public sealed partial class BookHandler<TClock, TBids, TAsks>
{
    private void Attach(ref DepthEvent item, BookStatus status)
    {
        if (!status.IsAttached)
        {
            status.IsAttached = true;
            Regroup(ref item);
        }
    }

    /// <summary>The place is as it was before there was a book in it, but for its count of wishes.</summary>
    private void Detach(ref DepthEvent item, BookStatus status)
    {
        if (!status.IsAttached)
        {
            return;
        }

        _sync[item.Book].Pending.Clear();
        _sync[item.Book].Staged.Clear();
        Enter(ref item, status, BookState.Disconnected, FaultCode.None, 0, 0);
        _sync[item.Book] = default;
        _books[item.Book].Free();
        _books[item.Book] = default;
        Regroup(ref item, leaves: item.Book);
        status.IsAttached = false;   // last: from now on the place may be given away
    }

    private void Regroup(ref DepthEvent item, int leaves = -1)
    {
        var instrument = _definitions[item.Book].Instrument;
        var merged = InstrumentMerge.Make<TBids, TAsks>(instrument, _definitions, _statuses, leaves);
        for (var member = 0; member < merged.MemberCount; member++)
        {
            _sync[merged.BookOf(member)].Member = member;
        }

        var cause = new QuoteCause(item.Book, item.VenueUnixNanos, item.ReceivedNanos);
        _quotes[instrument].Regroup(merged, in cause);
        RemoveUnfit(_quotes[instrument], ref item);
    }
}
