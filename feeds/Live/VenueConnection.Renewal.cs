using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// What is done about a book that says nothing where snapshots come over the socket: the symbol is subscribed anew by
/// itself, on the same socket. Its old book stays in the quote until the new snapshot takes its place, so that a quiet
/// market pays nothing for the question, and a symbol that the venue has forgotten is served again. Without an answer
/// the book is stale.
/// </content>
public sealed partial class VenueConnection<TDialect>
{
    /// <summary>
    /// The least time that an answer has: Crypto.com's snapshot takes a second from the acknowledgement on.
    /// </summary>
    private const long RenewalAnswerNanos = 2_000_000_000;

    /// <summary>
    /// Questions of a socket: the strictest venue, OKX, allows 480 requests an hour, and each question is two of them.
    /// Half of that is left for what has to be asked.
    /// </summary>
    private readonly RestBudget _renewals = new(
        [new RestLimit(20, TimeSpan.FromMinutes(10)), new RestLimit(1, TimeSpan.FromSeconds(1))]);

    private void LookForForgotten(int index, BookStatus status, long nanos)
    {
        ref var cadence = ref _cadences[index];
        ref var probe = ref _probes[index];
        if (status.State != BookState.Live)
        {
            cadence.Restart(nanos);
            EndRenewal(index, ref probe);
            return;
        }

        if (_isHeld)
        {
            return;   // not the venue is silent, we do not listen
        }

        var snapshots = status.Snapshots;
        var received = status.LastReceivedNanos;
        if (probe.IsOpen)
        {
            LookForRenewed(index, snapshots, received, nanos);
            return;
        }

        cadence.Observe(received);
        if (cadence.IsProbeDue(nanos)
            && _bytesSeenNanos > cadence.LastNanos + cadence.UsualNanos   // else the socket itself is in doubt
            && _renewals.TryTake(1, nanos))
        {
            probe.Ask(nanos);
            Counters.SilenceProbes++;
            _intake.KeepsUnsubscribed(_books[index], keeps: true);
            Ask(index, status.SnapshotsWanted, nanos);
        }
    }

    private void LookForRenewed(int index, long snapshots, long received, long nanos)
    {
        ref var cadence = ref _cadences[index];
        ref var probe = ref _probes[index];
        if (snapshots != _pacing[index].TakenBefore)
        {
            EndRenewal(index, ref probe);
            cadence.NoteRenewed(received);
        }
        else if (probe.IsAnswerLate(nanos, Math.Max(cadence.UsualNanos, RenewalAnswerNanos)))
        {
            EndRenewal(index, ref probe);
            Counters.SilentBooks++;
            Log.Unanswered(_log, Venue, _symbols[index], (nanos - cadence.LastNanos) / 1_000_000);
            _intake.Announce(_books[index], EventKind.Fault, FaultCode.Silent, nanos);
        }
    }

    private void EndRenewal(int index, ref SilenceProbe probe)
    {
        if (probe.IsOpen)
        {
            probe.Close();
            _intake.KeepsUnsubscribed(_books[index], keeps: false);
        }
    }
}
