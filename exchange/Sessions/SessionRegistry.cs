using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.WebSockets;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>The open sessions of a host and what is counted about them. Thread safe.</summary>
internal sealed class SessionRegistry
{
    private readonly ConcurrentDictionary<VenueSession, Task> _open = [];
    private readonly int _queueFrames;
    private readonly int _queueBytes;
    private readonly TimeSpan _life;
    private readonly TimeProvider _clock;
    private long _numbers;
    private long _slowSessionsCut;
    private volatile bool _stopping;

    public SessionRegistry(ILogger logger, int queueFrames, int queueBytes, TimeSpan life, TimeProvider clock)
    {
        _life = life;
        _clock = clock;
        Logger = logger;
        _queueFrames = queueFrames;
        _queueBytes = queueBytes;
    }

    public ILogger Logger { get; }

    public int Count => _open.Count;

    /// <summary>Sessions cut off because their client read too slowly.</summary>
    public long SlowSessionsCut => Interlocked.Read(ref _slowSessionsCut);

    public long NextNumber() => Interlocked.Increment(ref _numbers);

    public void CountSlowSession() => Interlocked.Increment(ref _slowSessionsCut);

    public SessionQueue NewQueue() => new(_queueFrames, _queueBytes);

    /// <summary>The open sessions of a venue.</summary>
    public IReadOnlyList<VenueSession> Of(string venue) => [.. _open.Keys.Where(session => session.Venue == venue)];

    /// <summary>Runs the session to its end.</summary>
    public async Task RunAsync(VenueSession session, IFrameReceiver receiver)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _open[session] = ended.Task;
        Log.SessionOpened(Logger, session.Venue, session.Number);
        if (_stopping)
        {
            session.CloseNow(WebSocketCloseStatus.EndpointUnavailable, "the exchange is stopping");
        }

        using var end = _life == TimeSpan.Zero ? null : _clock.CreateTimer(
            _ => session.CloseNow(WebSocketCloseStatus.EndpointUnavailable, "maximum life of a connection"),
            null,
            _life,
            Timeout.InfiniteTimeSpan);
        try
        {
            await session.RunAsync(receiver);
        }
        finally
        {
            _open.TryRemove(session, out _);
            ended.SetResult();
            Log.SessionEnded(Logger, session.Venue, session.Number, session.FramesSent);
        }
    }

    /// <summary>Cuts the oldest or the newest session of a venue without a word; false when there is none.</summary>
    public bool Cut(string venue, bool newest)
    {
        VenueSession? chosen = null;
        foreach (var session in _open.Keys)
        {
            if (session.Venue == venue && !session.IsClosing
                && (chosen is null || session.Number > chosen.Number == newest))
            {
                chosen = session;
            }
        }

        chosen?.Abort();
        return chosen is not null;
    }

    /// <summary>Sessions of a venue that are open now.</summary>
    public int CountOf(string venue) => _open.Keys.Count(session => session.Venue == venue);

    /// <summary>Closes every session with 1001, now and from now on, and drops those that do not end in time.</summary>
    public async Task CloseAllAsync(TimeSpan patience)
    {
        _stopping = true;
        foreach (var session in _open.Keys)
        {
            session.CloseNow(WebSocketCloseStatus.EndpointUnavailable, "the exchange is stopping");
        }

        await Task.WhenAny(Task.WhenAll(_open.Values.ToArray()), Task.Delay(patience));
        foreach (var session in _open.Keys)
        {
            session.Abort();
        }
    }
}
