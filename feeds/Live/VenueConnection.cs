using System;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Feeds.Decoding;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// One websocket to one venue with its reader thread: connects for ever, subscribes, decodes into the lane, and looks
/// after the books' wishes for snapshots (<c>VenueConnection.Duties.cs</c>) while no bytes come. Threads: everything on
/// the reader's; start and disposal by any, counters by any.
/// </summary>
/// <typeparam name="TDialect">The venue's dialect.</typeparam>
public sealed partial class VenueConnection<TDialect> : IVenueConnection, IReceiveIdle
    where TDialect : struct, IVenueDialect<TDialect>
{
    private const long ProvenAfterNanos = 5_000_000_000;
    private readonly ConnectionOptions _options;
    private readonly DepthDecoder _decoder;
    private readonly FrameIntake<TDialect> _intake;
    private readonly BookStatus[] _statuses;
    private readonly string[] _symbols;
    private readonly int[] _books;
    private readonly RestClient _rest;
    private readonly ReconnectPolicy _reconnect;
    private readonly Random _jitter;
    private readonly ILogger _log;
    private readonly Action<Exception> _onFatal;
    private readonly ManualResetEventSlim _stopped = new(false);
    private readonly Thread _thread;
    private WebSocketConnection? _socket;
    private long _connectionNumber;
    private long _allocatedBytes;
    private volatile bool _isConnected;

    /// <summary>Makes a connection; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="options">Where and what.</param>
    /// <param name="lane">The reader's lane into the engine.</param>
    /// <param name="statuses">Status of every book of the engine.</param>
    /// <param name="log">Where connections and refusals are logged.</param>
    /// <param name="onFatal">
    /// Called on the reader thread with an exception that must not be: the process has to end.
    /// </param>
    public VenueConnection(
        ConnectionOptions options, DepthLane lane, BookStatus[] statuses, ILogger log, Action<Exception> onFatal)
    {
        _options = options;
        _statuses = statuses;
        _log = log;
        _onFatal = onFatal;
        _symbols = new string[options.Books.Count];
        _books = new int[options.Books.Count];
        _pacing = new SnapshotPacing[options.Books.Count];
        for (var index = 0; index < _books.Length; index++)
        {
            _symbols[index] = options.Books[index].Key;
            _books[index] = options.Books[index].Value;
        }

        _decoder = new DepthDecoder(
            lane,
            new SymbolDirectory(options.Books),
            statuses.Length,
            TDialect.Profile.ScaleSource,
            FullLanePolicy.Wait)
        {
            StampsDecoding = true,
        };
        _intake = new FrameIntake<TDialect>(_decoder, _books);
        _rest = new RestClient(options.Rest, options.SnapshotLimit, options.TrustedRoots);
        _jitter = new Random();
        _reconnect = new ReconnectPolicy(options.ReconnectDelayMax, _jitter);
        _thread = new Thread(Run) { Name = ThreadName(Venue), IsBackground = true };
    }

    /// <inheritdoc/>
    public string Venue => TDialect.Profile.Name;

    /// <inheritdoc/>
    public IntakeCounters Counters => _intake.Counters;

    /// <inheritdoc/>
    public bool IsConnected => _isConnected;

    /// <inheritdoc/>
    public long AllocatedBytes => Volatile.Read(ref _allocatedBytes);

    private bool IsStopping => _stopped.IsSet;

    /// <inheritdoc/>
    public void Start() => _thread.Start();

    /// <summary>Ends the reader thread, which closes its socket; waits for it up to two seconds.</summary>
    public void Dispose()
    {
        if (IsStopping)
        {
            return;
        }

        _stopped.Set();
        _decoder.Stop();
        _rest.Stop();   // the reader may sit in a blocking request
        if (_thread.IsAlive && !_thread.Join(2_000))
        {
            _socket?.Dispose();   // it hangs in a send or a connect: take the socket from under it
            _thread.Join(1_000);
        }

        _rest.Dispose();
        _stopped.Dispose();
    }

    private static string ThreadName(string venue) => venue.Length > 10 ? "feed-" + venue[..10] : "feed-" + venue;

    private void Run()
    {
        try
        {
            if (_options.Core >= 0 && !CpuAffinity.TryPinCurrentThread(_options.Core, out var reason))
            {
                Log.NotPinned(_log, Venue, reason ?? "");
            }

            while (!IsStopping)
            {
                RunOnce();
            }
        }
#pragma warning disable CA1031 // not swallowed: the process ends through onFatal
        catch (Exception e)
#pragma warning restore CA1031
        {
            _onFatal(e);
        }
    }

    private void RunOnce()
    {
        _connectionNumber++;
        _intake.Announce(EventKind.Connecting, FaultCode.None, MonotonicClock.Nanos());
        DeclareInstruments();
        var address = SocketAddress();
        if (!TryOpen(address, out var fault))
        {
            EndConnection(FaultCode.ConnectionLost);
            WaitBeforeRetry(delay => Log.ConnectFailed(_log, Venue, address, fault.ToString(), delay));
            return;
        }

        Log.Connected(_log, Venue, address, _books.Length);
        var opened = MonotonicClock.Nanos();
        var framesBefore = Counters.Frames;
        if (TrySubscribe())
        {
            ReadUntilOver();
        }

        fault = _socket!.Fault;
        _isConnected = false;
        EndConnection(FaultCode.ConnectionLost);
        _socket.Close(CloseCode.Normal);
        _socket.Dispose();
        _socket = null;
        if (MonotonicClock.Nanos() - opened > ProvenAfterNanos)
        {
            _reconnect.Reset();
        }

        WaitBeforeRetry(
            delay => Log.ConnectionLost(_log, Venue, Counters.Frames - framesBefore, fault.ToString(), delay));
    }

    private Uri SocketAddress()
    {
        var path = TDialect.SocketPath(_symbols, _options.Subscription);
        return new Uri(_options.Socket.ToString().TrimEnd('/') + (path.Length == 0 ? "/" : path));
    }

    private bool TryOpen(Uri address, out WebSocketFault fault)
    {
        var options = new WebSocketOptions
        {
            Endpoint = address,
            Headers = [new("User-Agent", "LowLatencyQuoter")],
            Tls = new TlsOptions { TrustedRoots = _options.TrustedRoots },
            ReceiveMode = _options.ReceiveMode,
        };
        if (!WebSocketConnection.TryConnect(options, this, out _socket, out fault))
        {
            return false;
        }

        Counters.Connects++;
        _isConnected = true;
        return true;
    }

    private bool TrySubscribe()
    {
        foreach (var frame in TDialect.Subscribe(_symbols, _options.Subscription))
        {
            if (!_socket!.TrySendText(Encoding.UTF8.GetBytes(frame)))
            {
                return false;
            }
        }

        var nanos = MonotonicClock.Nanos();
        ExpectSnapshots(nanos);
        _intake.Announce(EventKind.Subscribed, FaultCode.None, nanos);
        return true;
    }

    /// <summary>
    /// Entered once a connection: without the attribute it would be compiled anew under way, in the midst of traffic.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadUntilOver()
    {
        var socket = _socket!;
        var batch = -1L;
        var nanos = 0L;
        while (!IsStopping && !_reconnectRequested)
        {
            var read = socket.ReadMessage(out _, out var payload);
            if (read != ReadOutcome.Message)
            {
                return;
            }

            if (socket.Batches != batch)
            {
                batch = socket.Batches;
                nanos = MonotonicClock.Nanos();   // messages that came with one receive were received at one time
                Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
                LookAfterBooks(nanos);
            }

            var outcome = _intake.OnFrame(payload, nanos);
            if (outcome.Kind > FrameKind.Heartbeat)
            {
                OnControlFrame(outcome, payload, nanos);
            }
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
            case FrameKind.Failed:
                if (_decodeLog.TryPass(nanos))
                {
                    Log.DecodeFailed(_log, Venue, outcome.Fault.ToString(), Excerpt(payload));
                }

                break;
            case FrameKind.ReconnectRequested:
                Log.ReconnectRequested(_log, Venue);
                _reconnectRequested = true;
                break;
        }
    }

    private void EndConnection(FaultCode fault)
    {
        Counters.Disconnects++;
        _reconnectRequested = false;
        _intake.Announce(EventKind.Disconnected, fault, MonotonicClock.Nanos());
    }

    private void WaitBeforeRetry(Action<int> log)
    {
        if (IsStopping)
        {
            return;
        }

        var delay = _reconnect.NextDelayMillis();
        log(delay);
        _stopped.Wait(delay);
    }

    private static string Excerpt(ReadOnlySpan<byte> payload) =>
        Encoding.UTF8.GetString(payload[..Math.Min(payload.Length, 300)]);
}
