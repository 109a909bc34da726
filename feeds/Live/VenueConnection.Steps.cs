using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Feeds.Venues;
using LowLatencyQuoter.Wire.Transport;
using LowLatencyQuoter.Wire.WebSocket;

namespace LowLatencyQuoter.Feeds.Live;

/// <content>
/// How a connection comes and goes, step by step, so that the reader waits for nothing. What is announced to the engine
/// waits for room in the lane by coming back later; what takes time happens in <see cref="Dial"/>, on another thread.
/// </content>
public sealed partial class VenueConnection<TDialect>
{
    private const long ProvenAfterNanos = 5_000_000_000;

    /// <summary>
    /// Our frames are small and few: a peer whose window they do not fit is gone, and no other venue waits for it.
    /// </summary>
    private static readonly TimeSpan SendLimit = TimeSpan.FromMilliseconds(1);

    private ConnectionStep _step;
    private IVenueSocket? _opened;
    private DeclaredInstruments? _given;
    private bool _declared;
    private long _connectionNumber;
    private long _retryNanos;
    private long _openedNanos;
    private long _framesBefore;
    private bool _isSubscribed;

    /// <inheritdoc/>
    public int SleepMillisMax => _step switch
    {
        _ when _isHeld || _decoder.OwesEvents => 1,
        ConnectionStep.Reading when !_rest.IsAsking => 20,
        ConnectionStep.Resting => 10,
        _ => 2,
    };

    private Uri Address { get; set; } = null!;

    private static bool SubscribesAtOnce =>
        !TDialect.Profile.SubscribesAfterWelcome && TDialect.Profile.SubscribesAfter == TimeSpan.Zero;

    /// <inheritdoc/>
    public void Tick(long nanos)
    {
        _intake.TellOwed();
        LookAtClock(nanos);
        TakeListings(nanos);
        switch (_step)
        {
            case ConnectionStep.Resting:
                if (nanos >= _retryNanos && !_isDormant && !_dialing.IsBusy && _dials.TryTake(nanos))
                {
                    _step = ConnectionStep.Announcing;
                    Announce(nanos);
                }

                break;
            case ConnectionStep.Announcing:
                Announce(nanos);
                break;
            case ConnectionStep.Dialing:
                if (_dialing.TryTake(out var dialed))
                {
                    OnDialed(dialed, nanos);
                }

                break;
            case ConnectionStep.Subscribing:
                BeginReading(nanos);
                break;
            case ConnectionStep.Leaving:
                Leave();
                break;
            case ConnectionStep.Reading:
                LookAfterBooks(nanos);
                KeepAlive(nanos);
                break;
        }
    }

    /// <inheritdoc/>
    public void End()
    {
        var socket = _socket ?? _opened;
        _socket = null;
        _opened = null;
        _step = ConnectionStep.Ended;
        TakeListings(_network.Nanos());
        _isConnected = false;
        Counters.Disconnects++;
        _intake.Announce(EventKind.Disconnected, FaultCode.ConnectionLost, _network.Nanos());
        if (socket is not null)
        {
            _dialing.Close(socket);
        }
    }

    private void Announce(long nanos)
    {
        if (!_decoder.HasRoomToAnnounce(_books.Length))
        {
            return;
        }

        _connectionNumber++;
        _intake.Announce(EventKind.Connecting, FaultCode.None, nanos);
        _step = ConnectionStep.Dialing;
        _dialing.Begin(Dial);
    }

    /// <summary>On a thread of its own: the venue's list of instruments once, the socket, the subscription.</summary>
    private Dialed Dial()
    {
        var declared = _declared ? null : Interlocked.Exchange(ref _given, null) ?? ReadInstruments();
        if (!TryFindAddress(out var failure))
        {
            return new Dialed(null, failure, declared);
        }

        var options = new WebSocketOptions
        {
            Endpoint = Address,
            Headers = Headers(_options.ApiKey),
            Tls = new TlsOptions { TrustedRoots = _options.TrustedRoots },
            Deflate = _options.Deflate,
        };
        if (_network.Connect(options, _dialing, out var fault) is not { } socket)
        {
            return new Dialed(null, fault.ToString(), declared);
        }

        if (SubscribesAtOnce)
        {
            SendSubscription(socket);
        }

        return new Dialed(socket, "", declared);
    }

    private static List<KeyValuePair<string, string>> Headers(ApiKey? key)
    {
        var headers = new List<KeyValuePair<string, string>> { new("User-Agent", "LowLatencyQuoter") };
        if (key is not null && TDialect.Profile.ApiKeyHeader is { Length: > 0 } name)
        {
            headers.Add(new(name, key.Text));
        }

        return headers;
    }

    private void OnDialed(Dialed dialed, long nanos)
    {
        if (dialed.Declared is { } declared)
        {
            _recorder?.OnRest(_rest.AddressOf(TDialect.InstrumentsPath), declared.Body, nanos);
            Declare(declared.Instruments);
        }

        if (dialed.Socket is null)
        {
            EndConnection();
            Rest(delay => Log.ConnectFailed(_log, Venue, Shown(Address), dialed.Failure, delay));
            return;
        }

        if (_isDormant)
        {
            Dismiss(dialed.Socket);
            return;
        }

        _recorder?.OnConnect(Address, nanos);
        Counters.Connects++;
        Log.Connected(_log, Venue, Shown(Address), _books.Length);
        if (_options.Deflate is not null)
        {
            Log.Compression(_log, Venue, dialed.Socket.Deflate is null ? "declined" : "agreed to");
        }

        dialed.Socket.LimitSends(SendLimit);
        _opened = dialed.Socket;
        _isConnected = true;
        _step = ConnectionStep.Subscribing;
        BeginReading(nanos);
    }

    private void BeginReading(long nanos)
    {
        if (!_decoder.HasRoomToAnnounce(_books.Length))
        {
            return;
        }

        NoteOpened(nanos);
        _framesBefore = Counters.Frames;
        _batch = 0;
        _bytesSeen = 0;
        _keptAliveNanos = nanos;
        _bytesSeenNanos = nanos;
        _pinged = false;
        _isSubscribed = false;
        _isPaused = false;
        if (SubscribesAtOnce)
        {
            NoteSubscribed(nanos);
        }

        _socket = _opened;
        _opened = null;
        _step = ConnectionStep.Reading;
    }

    private void SendSubscription(IVenueSocket socket)
    {
        foreach (var frame in TDialect.Subscribe(_symbols, _options.Subscription))
        {
            if (!socket.TrySendText(Encoding.UTF8.GetBytes(frame)))
            {
                return;   // the connection is over; the next read finds out
            }
        }
    }

    private void NoteSubscribed(long nanos)
    {
        _isSubscribed = true;
        _gate?.NoteSubscribed(_link, nanos);
        ExpectSnapshots(nanos);
        _intake.Announce(EventKind.Subscribed, FaultCode.None, nanos);
    }

    /// <summary>The connection is over, or to be made anew.</summary>
    private void Drop(WebSocketFault fault)
    {
        var socket = _socket!;
        _socket = null;
        _isHeld = false;
        _isAhead = false;
        _isConnected = false;
        _lost = fault;
        _dialing.Close(socket);
        _step = ConnectionStep.Leaving;
        Leave();
    }

    private void EndConnection()
    {
        Counters.Disconnects++;
        _intake.Announce(EventKind.Disconnected, FaultCode.ConnectionLost, _network.Nanos());
    }

    private void Rest(Action<int> log)
    {
        _step = ConnectionStep.Resting;
        if (IsStopping)
        {
            return;
        }

        var delay = _reconnect.NextDelayMillis();
        _retryNanos = _network.Nanos() + (delay * 1_000_000L);
        log(delay);
    }

    /// <summary>The venue's list of instruments; null, and logged, when it cannot be had.</summary>
    private DeclaredInstruments? ReadInstruments()
    {
        _budget.Take(TDialect.InstrumentsWeight, _network.Nanos());
        try
        {
            var body = _rest.Get(TDialect.InstrumentsPath);
            return new DeclaredInstruments(body, [.. TDialect.ReadInstruments(body)]);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidDataException or TaskCanceledException
            or FormatException or InvalidOperationException)
        {
            if (!IsStopping)
            {
                Log.InstrumentsFailed(_log, Venue, _options.Rest, e.Message);
            }

            return null;
        }
    }

    /// <summary>Once: the precision that the venue declares, and whether it has the instruments at all.</summary>
    private void Declare(IReadOnlyList<Precision> instruments)
    {
        var missing = new HashSet<string>(_symbols, StringComparer.Ordinal);
        foreach (var precision in instruments)
        {
            var index = Array.IndexOf(_symbols, precision.Symbol);
            if (index >= 0)
            {
                _decoder.Declare(_books[index], precision.PriceScale, precision.QuantityScale);
                missing.Remove(precision.Symbol);
            }
        }

        foreach (var symbol in missing)
        {
            var near = NearSymbols.Of(symbol, instruments.Select(static precision => precision.Symbol));
            Log.NotListed(
                _log, Venue, symbol, near.Count == 0 ? "" : $"; did you mean {string.Join(" or ", near)}?");
        }

        _declared = true;
    }
}
