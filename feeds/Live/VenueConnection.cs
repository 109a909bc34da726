using System;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Recorder;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.WebSocket;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// One websocket to one venue that connects for ever. This file reads and decodes into the lane,
/// <c>VenueConnection.Steps.cs</c> connects and subscribes, <c>VenueConnection.Duties.cs</c> looks after the books'
/// wishes for snapshots, <c>VenueConnection.Links.cs</c> is what it does as one of two,
/// <c>VenueConnection.Listing.cs</c> takes books on and gives them up. Threads: see the interface; what waits is done
/// by <see cref="Dialing"/>.
/// </summary>
/// <typeparam name="TDialect">The venue's dialect.</typeparam>
public sealed partial class VenueConnection<TDialect> : IVenueConnection
    where TDialect : struct, IVenueDialect<TDialect>
{
    /// <summary>Messages of one turn; then the reader's other connections have theirs.</summary>
    private const int MessagesPerTurn = 64;

    private readonly ConnectionOptions _options;
    private readonly DepthDecoder _decoder;
    private readonly FrameIntake<TDialect> _intake;
    private readonly SnapshotSource _source;
    private BookStatus[] _statuses;   // the engine's, or those of books that stand by
    private string[] _symbols;
    private int[] _books;
    private readonly INetwork _network;
    private readonly IRestClient _rest;
    private readonly RestBudget _budget;
    private readonly FrameRecorder? _recorder;
    private readonly Dialing _dialing;
    private readonly ReconnectPolicy _reconnect;
    private readonly Random _jitter;
    private readonly ILogger _log;
    private IVenueSocket? _socket;
    private long _batch;
    private long _batchNanos;
    private bool _isHeld;   // the socket's last message waits for room
    private bool _isPaused;   // the venue asked to be left alone on this connection
    private volatile bool _isConnected;

    /// <summary>Makes a connection; nothing happens before a reader serves it.</summary>
    /// <param name="options">Where and what.</param>
    /// <param name="lane">The connection's lane into the engine.</param>
    /// <param name="statuses">Status of every book of the engine.</param>
    /// <param name="log">Where connections and refusals are logged.</param>
    /// <param name="onFatal">Called with an exception that must not be: the process has to end.</param>
    public VenueConnection(
        ConnectionOptions options, DepthLane lane, BookStatus[] statuses, ILogger log, Action<Exception> onFatal)
    {
        _options = options with { Declared = null };   // it may be large, and is wanted once
        _network = options.Network;
        _given = options.Declared;
        _statuses = statuses;
        _log = log;
        _symbols = new string[options.Books.Count];
        _books = new int[options.Books.Count];
        _pacing = new SnapshotPacing[options.Books.Count];
        _cadences = new BookCadence[options.Books.Count];
        _probes = new SilenceProbe[options.Books.Count];
        _audits = new AuditPacing[options.Books.Count];
        for (var index = 0; index < _books.Length; index++)
        {
            _symbols[index] = options.Books[index].Key;
            _books[index] = options.Books[index].Value;
        }

        _source = TDialect.SourceOf(options.Subscription);
        _decoder = new DepthDecoder(
            lane,
            new SymbolDirectory(options.Books),
            statuses.Length,
            TDialect.Profile.ScaleSource,
            options.FullLane,
            options.BooksMax)
        {
            StampsDecoding = true,
        };
        _intake = new FrameIntake<TDialect>(_decoder, _books);
        _rest = _network.MakeRest(options.Rest, options.SnapshotLimit, options.TrustedRoots);
        _budget = options.Budget ?? new RestBudget(TDialect.Profile.RestLimits);
        _recorder = options.Recorder;
        _dialing = new Dialing(Venue, _network, onFatal);
        _jitter = _network.MakeJitter();
        _reconnect = new ReconnectPolicy(options.ReconnectDelayMax, _jitter);
        _dials = options.Dials ?? new DialBudget(TDialect.Profile.ConnectionLimits);
        _wallClock = options.WallClock ?? WallClock.Machine;
        _retryNanos = _books.Length == 0 ? long.MaxValue : 0;
    }

    /// <inheritdoc/>
    public string Venue => TDialect.Profile.Name;

    /// <inheritdoc/>
    public IntakeCounters Counters => _intake.Counters;

    /// <inheritdoc/>
    public bool IsConnected => _isConnected;

    /// <inheritdoc/>
    public ClockReading Clock => ClockReading.Of(
        _decoder.Offset.LeastNanos, _wallClock.UnixOffsetNanos, Volatile.Read(ref _roundTripNanos));

    private bool IsStopping => _dialing.IsStopping;

    /// <inheritdoc/>
    public bool TryGetHandle(out nint handle)
    {
        if (_socket is null || _isHeld)
        {
            handle = 0;
            return false;
        }

        handle = _socket.Handle;
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>Compiled in full at once: there is no time for that in the midst of traffic.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Poll()
    {
        var socket = _socket;
        if (socket is null || (_isHeld && !TryRelease(socket)))
        {
            return 0;
        }

        var firstBatch = socket.Batches;
        var messages = 0;
        while (messages < MessagesPerTurn && socket.Batches - firstBatch <= 1)
        {
            var read = socket.TryReadMessage(out _, out var payload);
            if (read == ReadOutcome.Nothing)
            {
                break;
            }

            messages++;
            if (read != ReadOutcome.Message)
            {
                Drop(socket.Fault);
                break;
            }

            if (socket.Batches != _batch)
            {
                _batch = socket.Batches;
                _batchNanos = _network.Nanos();   // messages of one receive were received at one time
                LookAfterBooks(_batchNanos);
            }

            if (_decoder.FullLane == FullLanePolicy.Wait && !_decoder.HasRoomFor(payload.Length))
            {
                _intake.NoteWait();
                _isHeld = true;
                break;
            }

            Take(payload);
            if (_socket is null || _isHeld)
            {
                break;
            }
        }

        return messages + (int)(socket.Batches - firstBatch);
    }

    /// <inheritdoc/>
    public void Stop()
    {
        _dialing.Stop();
        _decoder.Stop();
        _rest.Stop();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _dialing.Dispose();
        _socket?.Dispose();
        _rest.Dispose();
    }

    /// <summary>Takes the message that waits, if there is room for it now.</summary>
    private bool TryRelease(IVenueSocket socket)
    {
        if (!_decoder.HasRoomFor(socket.LastMessage.Length))
        {
            return false;
        }

        if (_isAhead && !IsWorthAnotherLook)
        {
            return false;
        }

        _isHeld = false;
        Take(socket.LastMessage);
        return _socket is not null && !_isHeld;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(ReadOnlySpan<byte> payload)
    {
        _recorder?.OnFrame(payload, _batchNanos);
        var outcome = _intake.OnFrame(payload, _batchNanos);
        if (_decoder.IsAhead)
        {
            HoldAhead();
        }
        else if (outcome.Kind > FrameKind.Heartbeat)
        {
            OnControlFrame(outcome, payload, _batchNanos);
        }
    }

    private void OnControlFrame(FrameOutcome outcome, ReadOnlySpan<byte> payload, long nanos)
    {
        switch (outcome.Kind)
        {
            case FrameKind.Refused:
                Log.Refused(_log, Venue, Excerpt(payload));
                if (outcome.Book != FrameOutcome.AllBooks)
                {
                    _intake.Announce(outcome.Book, EventKind.Disconnected, FaultCode.Refused, nanos);
                    PostponeRefused(outcome.Book, nanos);
                }

                break;
            case FrameKind.Failed when outcome.Fault == FaultCode.RingFull:
                if (_fullLog.TryPass(nanos))
                {
                    Log.RingFull(_log, Venue, Counters.RingFullDropped);
                }

                break;
            case FrameKind.Failed:
                if (_decodeLog.TryPass(nanos))
                {
                    Log.DecodeFailed(_log, Venue, outcome.Fault.ToString(), Excerpt(payload));
                }

                if (TDialect.Profile.ConfirmsFlags && _decoder.Channels.Flags == 0)
                {
                    Drop(_socket!.Fault);   // it may have been the word that messages are numbered, which comes once
                }

                break;
            case FrameKind.Welcome when !_isSubscribed:
                SendSubscription(_socket!);
                NoteSubscribed(nanos);
                break;
            case FrameKind.AnswerWanted:
                Answer(payload);
                break;
            case FrameKind.Paused:
                Log.Paused(_log, Venue, Excerpt(payload));
                _isPaused = true;
                break;
            case FrameKind.ReconnectRequested:
                Log.ReconnectRequested(_log, Venue);
                if (_pair is not null && IsServing)
                {
                    MustLeave = true;   // once the other link is where it can go on
                    break;
                }

                Drop(_socket!.Fault);
                break;
            case FrameKind.Gapped:
                Log.MessagesMissing(_log, Venue, Excerpt(payload));
                Drop(_socket!.Fault);
                break;
        }
    }

    /// <summary>The beginning, to be logged: text as it is, anything else in hexadecimal digits.</summary>
    private static string Excerpt(ReadOnlySpan<byte> payload)
    {
        var start = payload[..Math.Min(payload.Length, 300)];
        return start.Contains((byte)0) ? Convert.ToHexString(start) : Encoding.UTF8.GetString(start);
    }
}
