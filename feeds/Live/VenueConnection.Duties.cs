using System;
using System.Text;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// What the reader does beside reading: collects REST answers, asks for the snapshots that books want, keeps the
/// connection alive. Called with each batch of messages and with each tick.
/// </content>
public sealed partial class VenueConnection<TDialect>
{
    private const long LookEveryNanos = 5_000_000;
    private const long RefusedRetryNanos = 60_000_000_000;
    private const long ProofByIdNanos = 500_000_000;
    private const long ProofByTimeNanos = 2_000_000_000;
    private SnapshotPacing[] _pacing;
    private LogGate _decodeLog;
    private LogGate _fullLog;
    private bool _pinged;
    private long _lookedNanos;
    private long _bytesSeen;
    private long _bytesSeenNanos;

    /// <summary>
    /// How long an update may take to prove a snapshot before another is asked for. Where ids are times the first
    /// update has to be seen before the snapshot is made, and the next snapshot decides soon after it.
    /// </summary>
    private static long ProofNanos =>
        TDialect.Profile.ChainRule == ChainRule.Rising ? ProofByTimeNanos : ProofByIdNanos;

    private void LookAfterBooks(long nanos)
    {
        if (_rest.HasAnswers && !_isHeld)
        {
            TakeAnswers(nanos);   // behind the message that waits for room, which was received before
        }

        if (nanos - _lookedNanos < LookEveryNanos)
        {
            return;
        }

        _lookedNanos = nanos;
        StayAlive(nanos);
        if (!_isSubscribed || _isPaused)
        {
            return;
        }

        for (var index = 0; index < _books.Length; index++)
        {
            LookAfterBook(index, nanos);
        }
    }

    private void LookAfterBook(int index, long nanos)
    {
        ref var pacing = ref _pacing[index];
        var status = _statuses[_books[index]];
        if (status.State == BookState.Live && !status.IsReseeding)
        {
            pacing.Reset();
        }

        if (_gate is not null && !_gate.Leads(_link, _books[index]))
        {
            StandAside(ref pacing, status);
            return;
        }

        if (CanProbe)
        {
            LookForSilence(index, status, nanos);
        }
        else if (_source == SnapshotSource.Socket)
        {
            LookForForgotten(index, status, nanos);
        }

        LookForAudit(index, status, nanos);

        if (pacing.IsAsked && _source == SnapshotSource.Socket)
        {
            // Nothing answers a request on the socket: a snapshot being taken is the answer, time passing is the
            // failure.
            pacing.IsAsked = status.State != BookState.Live && status.Snapshots == pacing.TakenBefore
                && nanos - pacing.AskedNanos < _options.SnapshotLimit.Ticks * 100;
        }

        var wanted = status.SnapshotsWanted;
        if (status.State == BookState.Live && !status.IsReseeding)
        {
            // An update has proven the snapshot that was held meanwhile, or the answer on the socket came behind what
            // raised this wish too.
            pacing.Served = wanted;
        }

        var overdue = _source == SnapshotSource.Socket && status.State != BookState.Live;
        if (pacing.IsAsked || nanos < pacing.NotBeforeNanos || (wanted == pacing.Served && !overdue)
            || (status.HoldsSnapshot && nanos - pacing.AskedNanos < ProofNanos))
        {
            return;
        }

        Ask(index, wanted, nanos);
    }

    private void Ask(int index, long wanted, long nanos)
    {
        ref var pacing = ref _pacing[index];
        if (_source == SnapshotSource.Rest)
        {
            if (!_budget.TryTake(TDialect.SnapshotWeight(_options.Subscription), nanos))
            {
                return;
            }

            pacing.NoteAttempt(nanos, _jitter);
            Counters.SnapshotRequests++;
            _rest.Ask(
                TDialect.SnapshotPath(_symbols[index], _options.Subscription),
                _books[index],
                _connectionNumber,
                wanted);
            return;
        }

        pacing.NoteAttempt(nanos, _jitter);
        pacing.Served = wanted;
        pacing.TakenBefore = _statuses[_books[index]].Snapshots;
        Counters.SnapshotRequests++;
        var channel = _decoder.Channels.ChannelOf(_books[index]);
        foreach (var frame in TDialect.Resubscribe(_symbols[index], _options.Subscription, channel))
        {
            if (!_socket!.TrySendText(Encoding.UTF8.GetBytes(frame)))
            {
                return;   // the connection is over; the next read finds out
            }
        }
    }

    /// <summary>
    /// A refused subscription is tried again, but not soon: venues do not change their minds quickly.
    /// </summary>
    private void PostponeRefused(int book, long nanos)
    {
        var index = Array.IndexOf(_books, book);
        if (index >= 0)
        {
            _pacing[index].NotBeforeNanos = nanos + RefusedRetryNanos;
        }
    }

    private void TakeAnswers(long nanos)
    {
        while (_rest.TryPeek(out var answer) && HasRoomFor(answer!) && _rest.TryTake(out answer))
        {
            var index = Array.IndexOf(_books, answer!.Book);
            if (index < 0 || answer.Connection != _connectionNumber)
            {
                continue;   // given up since, or the updates buffered since belong to another connection
            }

            ref var pacing = ref _pacing[index];

            if (answer.PauseMillis != 0)
            {
                _budget.PauseUntil(nanos + (answer.PauseMillis * 1_000_000L));
            }

            if (answer.Wanted == SilenceProbe.Wish)
            {
                TakeProbe(index, answer, nanos);
                continue;
            }

            if (answer.Wanted == BookAudit.Wish)
            {
                TakeAudit(index, answer, nanos);
                continue;
            }

            pacing.IsAsked = false;

            var failure = answer.Failure;
            if (answer.Body is not null)
            {
                _recorder?.OnRest(
                    _rest.AddressOf(TDialect.SnapshotPath(_symbols[index], _options.Subscription)), answer.Body, nanos);
                var outcome = _intake.OnSnapshot(answer.Book, answer.Body, nanos, answer.Wanted);
                failure = outcome.Kind != FrameKind.Failed ? null
                    : outcome.Fault == FaultCode.RingFull ? "no room for it in the ring"
                    : $"cannot read it ({outcome.Fault})";
            }

            if (failure is null)
            {
                pacing.Served = answer.Wanted;
                continue;
            }

            Counters.SnapshotFailures++;
            var wait = Math.Max(answer.PauseMillis, (int)((pacing.NotBeforeNanos - nanos) / 1_000_000));
            Log.SnapshotFailed(_log, Venue, _symbols[index], failure, Math.Max(0, wait));
        }
    }

    /// <summary>False while a body has to wait for room; other connections of the reader go on.</summary>
    private bool HasRoomFor(SnapshotAnswer answer) =>
        answer.Body is null
        || answer.Connection != _connectionNumber
        || _decoder.FullLane != FullLanePolicy.Wait
        || _decoder.HasRoomFor(answer.Body.Length);

    /// <summary>
    /// A new subscription brings snapshots by itself (socket) or is followed by wishes for them (REST).
    /// </summary>
    private void ExpectSnapshots(long nanos)
    {
        for (var index = 0; index < _pacing.Length; index++)
        {
            ExpectSnapshot(index, nanos);
        }
    }

    private void ExpectSnapshot(int index, long nanos)
    {
        ref var pacing = ref _pacing[index];
        pacing.IsAsked = _source == SnapshotSource.Socket;
        pacing.AskedNanos = nanos;
        pacing.Served = _statuses[_books[index]].SnapshotsWanted;
        pacing.TakenBefore = _statuses[_books[index]].Snapshots;
    }

    private void KeepAlive(long nanos)
    {
        if (!_isSubscribed && !_isPaused && !SubscribeWhenDue(nanos))
        {
            Drop(_socket!.Fault);   // no welcome
            return;
        }

        if (_isHeld)
        {
            _bytesSeenNanos = nanos;   // not the venue is silent, we do not listen
            return;
        }

        if (_socket!.BytesReceived != _bytesSeen)
        {
            _bytesSeen = _socket.BytesReceived;
            _bytesSeenNanos = nanos;
            _pinged = false;
            return;
        }

        var silent = nanos - _bytesSeenNanos;
        var limit = _options.PingAfter.Ticks * 100;
        if (silent > 2 * limit)
        {
            Drop(_socket.Fault);
        }
        else if (silent > limit && !_pinged)
        {
            _pinged = true;
            Probe(nanos);
        }
    }
}
