using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Wire.WebSocket;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// One of two links to a venue, see <see cref="LinkedConnection{TDialect}"/>: it sleeps until it is wanted, leaves when
/// the other one has its books, and holds a message that is ahead of the other one.
/// </content>
public sealed partial class VenueConnection<TDialect>
{
    private const long ClockEveryNanos = 1_000_000_000;
    private readonly DialBudget _dials;
    private readonly WallClock _wallClock;
    private LinkedConnection<TDialect>? _pair;
    private LinkGate? _gate;
    private int _link;
    private bool _isDormant;
    private bool _isAhead;   // what is held waits for the other link, not for room
    private long _aheadVersion;
    private long _aheadNanos;
    private long _endsNanos;
    private long _clockNanos;
    private long _roundTripNanos;
    private WebSocketFault _lost;

    /// <summary>The venue wants this socket to be left: another one has to come.</summary>
    internal bool MustLeave { get; private set; }

    /// <summary>True while nothing is wanted of this link.</summary>
    internal bool IsDormant => _isDormant;

    /// <summary>True while the venue serves its books here.</summary>
    internal bool IsServing => _step == ConnectionStep.Reading && _isSubscribed && !_isPaused;

    /// <summary>True when the socket has to be replaced.</summary>
    internal bool IsDue(long nanos) => IsServing && (MustLeave || nanos >= _endsNanos);

    /// <summary>What it decodes with.</summary>
    internal DepthDecoder Decoder => _decoder;

    /// <summary>A message that is ahead is looked at again when something went on, and now and then.</summary>
    private bool IsWorthAnotherLook
    {
        get
        {
            var nanos = _network.Nanos();
            if (_gate is not null && _gate.Version == _aheadVersion && nanos - _aheadNanos < LookEveryNanos)
            {
                return false;
            }

            _aheadNanos = nanos;
            return true;
        }
    }

    /// <summary>Makes it one of two.</summary>
    /// <param name="pair">Who looks after both.</param>
    /// <param name="link">Which one it is, 0 or 1.</param>
    internal void JoinPair(LinkedConnection<TDialect> pair, int link)
    {
        _pair = pair;
        _link = link;
    }

    /// <summary>Has a gate judge what it brings; null: nothing does.</summary>
    internal void Guard(LinkGate? gate)
    {
        _gate = gate;
        _decoder.Guard(gate, _link);
        if (gate is not null && IsServing)
        {
            gate.NoteSubscribed(_link, _network.Nanos());
        }
    }

    /// <summary>Serves these books from now on, the engine's or some that stand by, through their lane.</summary>
    internal void Serve(DepthLane lane, BookStatus[] statuses)
    {
        _decoder.TurnTo(lane);
        _statuses = statuses;
    }

    /// <summary>
    /// What was handed over is on its way: nothing is asked for because of what the statuses say meanwhile.
    /// </summary>
    internal void ExpectHandedOver(long nanos) => ExpectSnapshots(nanos);

    /// <summary>What the other link has learned of the instruments.</summary>
    internal void DeclareLike(VenueConnection<TDialect> other)
    {
        _decoder.DeclareLike(other._decoder);
        _declared = other._declared;
    }

    /// <summary>Does nothing until it is woken.</summary>
    internal void Sleep() => _isDormant = true;

    /// <summary>Connects as soon as it may.</summary>
    internal void Wake(long nanos)
    {
        _isDormant = false;
        _retryNanos = nanos;
        _reconnect.Reset();
    }

    /// <summary>
    /// Closes its socket in order: the other link has its books. Afterwards it sleeps, or connects anew.
    /// </summary>
    internal void Retire(bool comesBack, long nanos)
    {
        _isDormant = !comesBack;
        var socket = _socket ?? _opened;
        if (socket is null)
        {
            return;   // not connected, or under way: that is dismissed when it arrives
        }

        _socket = null;
        _opened = null;
        _isHeld = false;
        _isAhead = false;
        _isConnected = false;
        MustLeave = false;
        Counters.Retirements++;
        _intake.Announce(EventKind.Disconnected, FaultCode.ConnectionLost, nanos);
        _dialing.Close(socket);
        _reconnect.Reset();
        _retryNanos = nanos;
        _step = ConnectionStep.Resting;
        Log.Retired(_log, Venue, Counters.Frames - _framesBefore);
    }

    /// <summary>The socket is gone: passes the books on if somebody takes them, and rests.</summary>
    private void Leave()
    {
        if (_pair is not null && _pair.IsTakingOverFrom(this))
        {
            return;   // comes back with the next tick
        }

        EndConnection();
        if (_network.Nanos() - _openedNanos > ProvenAfterNanos)
        {
            _reconnect.Reset();
        }

        MustLeave = false;
        Rest(delay => Log.ConnectionLost(_log, Venue, Counters.Frames - _framesBefore, _lost.ToString(), delay));
    }

    /// <summary>A connection that nobody wants any more.</summary>
    private void Dismiss(IVenueSocket socket)
    {
        _dialing.Close(socket);
        _intake.Announce(EventKind.Disconnected, FaultCode.ConnectionLost, _network.Nanos());
        _step = ConnectionStep.Resting;
    }

    private void HoldAhead()
    {
        _decoder.IsAhead = false;
        Counters.Frames--;   // it is taken again
        Counters.Bytes -= _socket!.LastMessage.Length;
        _aheadVersion = _gate!.Version;
        _aheadNanos = _batchNanos;
        _isHeld = true;
        _isAhead = true;
    }

    /// <summary>The other link asks; what it asked for counts as asked here, should it end.</summary>
    private static void StandAside(ref SnapshotPacing pacing, BookStatus status)
    {
        if (status.State == BookState.Live)
        {
            pacing.Served = status.SnapshotsWanted;
            pacing.IsAsked = false;
        }
    }

    /// <summary>
    /// A socket is replaced within the last eighth of its life, each at a moment of its own, so that many connections
    /// that began together do not end together.
    /// </summary>
    private void NoteOpened(long nanos)
    {
        _openedNanos = nanos;
        MustLeave = false;
        var life = Nanos(_options.Life ?? TDialect.Profile.ConnectionLife);
        _endsNanos = life == 0 || _pair is null ? long.MaxValue
            : nanos + life - (life / 16) - (long)(_jitter.NextDouble() * (life / 16));
    }

    private void LookAtClock(long nanos)
    {
        if (nanos - _clockNanos < ClockEveryNanos)
        {
            return;
        }

        _clockNanos = nanos;
        _wallClock.Look(nanos);
        _decoder.Offset.Look(nanos);
        if (_socket is not null)
        {
            Volatile.Write(ref _roundTripNanos, _socket.LeastRoundTripNanos);
        }
    }
}
