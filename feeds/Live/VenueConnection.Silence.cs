using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// What is done about a book that says nothing on a socket that lives. Where REST snapshots carry the ids of the
/// updates, the venue is asked for its id before a verdict; a book found behind is stale, is subscribed anew by itself,
/// and takes a new snapshot. Other books of the connection notice nothing.
/// </content>
public sealed partial class VenueConnection<TDialect>
{
    private const long RenewEveryNanos = 1_000_000_000;   // venues count a client's messages
    private BookCadence[] _cadences;
    private SilenceProbe[] _probes;
    private long _renewedNanos;

    /// <summary>Ids that count updates tell whether one is missing; times only tell when somebody looked.</summary>
    private bool CanProbe => _source == SnapshotSource.Rest
        && TDialect.Profile.ChainRule is not (ChainRule.None or ChainRule.Rising);

    private void LookForSilence(int index, BookStatus status, long nanos)
    {
        ref var cadence = ref _cadences[index];
        ref var probe = ref _probes[index];
        if (status.State != BookState.Live)
        {
            cadence.Restart(nanos);
            probe.Close();
            return;
        }

        var received = status.LastReceivedNanos;
        cadence.Observe(received);
        if (probe.IsRefutedBy(received))
        {
            probe.Close();
        }
        else if (probe.IsVerdictDue(nanos, cadence.UsualNanos))
        {
            probe.Close();
            if (status.StatedUpdateId > status.LastUpdateId)
            {
                OnSilent(index, nanos);
            }
            else
            {
                cadence.NoteQuiet();
            }
        }
        else if (!probe.IsOpen && cadence.IsProbeDue(nanos)
            && _budget.TryTake(TDialect.SnapshotWeight(_options.Subscription), nanos))
        {
            probe.Ask(nanos);
            Counters.SilenceProbes++;
            _rest.Ask(
                TDialect.SnapshotPath(_symbols[index], _options.Subscription),
                _books[index],
                _connectionNumber,
                SilenceProbe.Wish);
        }
    }

    /// <summary>A probe's answer; without a body the question is asked again when it is due.</summary>
    private void TakeProbe(int index, SnapshotAnswer answer, long nanos)
    {
        ref var probe = ref _probes[index];
        if (!probe.IsAwaited)
        {
            return;
        }

        if (answer.Body is null
            || _intake.OnSnapshot(answer.Book, answer.Body, nanos, SilenceProbe.Wish).Kind == Decoding.FrameKind.Failed)
        {
            probe.Close();
            _cadences[index].NoteQuiet();   // not known, and not to be asked again at once
            return;
        }

        probe.NoteAnswer(nanos);
    }

    private void OnSilent(int index, long nanos)
    {
        Counters.SilentBooks++;
        Log.Silent(_log, Venue, _symbols[index], (nanos - _cadences[index].LastNanos) / 1_000_000);
        _intake.Announce(_books[index], EventKind.Fault, FaultCode.Silent, nanos);
        if (nanos - _renewedNanos < RenewEveryNanos)
        {
            return;   // it is found again if the venue does not serve it
        }

        _renewedNanos = nanos;
        foreach (var frame in TDialect.Renew(_symbols[index], _options.Subscription))
        {
            if (!_socket!.TrySendText(Encoding.UTF8.GetBytes(frame)))
            {
                return;   // the connection is over; the next read finds out
            }
        }
    }
}
