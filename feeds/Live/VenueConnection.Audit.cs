using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// Asks the venue now and then for its own book, for the engine to compare a live one with it. Only where REST answers
/// with the ids of the updates, and only with what the address' budget can spare.
/// </content>
public sealed partial class VenueConnection<TDialect>
{
    private AuditPacing[] _audits;

    private bool CanAudit => _options.AuditEvery.Ticks > 0 && _source == SnapshotSource.Rest
        && TDialect.Profile.ChainRule is not (ChainRule.None or ChainRule.Linked);

    private void LookForAudit(int index, BookStatus status, long nanos)
    {
        if (!CanAudit || status.State != BookState.Live)
        {
            return;
        }

        ref var pacing = ref _audits[index];
        var period = Nanos(_options.AuditEvery);
        if (!pacing.IsDue(status, period, nanos, _jitter)
            || !_decoder.HasRoomToAnnounce(1)
            || !_budget.TryTakeSpare(TDialect.SnapshotWeight(_options.Subscription), nanos))
        {
            return;
        }

        pacing.NoteAsked(period, Nanos(_options.SnapshotLimit), nanos);
        Counters.AuditRequests++;
        _intake.Announce(_books[index], EventKind.AuditBegins, FaultCode.None, nanos);
        _rest.Ask(
            TDialect.SnapshotPath(_symbols[index], _options.Subscription),
            _books[index],
            _connectionNumber,
            BookAudit.Wish);
    }

    private void TakeAudit(int index, SnapshotAnswer answer, long nanos)
    {
        _audits[index].NoteAnswer();
        if (answer.Body is null
            || _intake.OnSnapshot(answer.Book, answer.Body, nanos, BookAudit.Wish).Kind == FrameKind.Failed)
        {
            Counters.AuditFailures++;
        }
    }
}
