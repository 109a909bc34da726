using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Wire.Transport;
using Microsoft.Extensions.Logging;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// The thread that reads one venue connection, or several in turn when there are more venues than cores for readers.
/// Each connection has a bounded part of every round and never waits, so that none can keep the others from theirs.
/// Owns its connections, and is the one producer of all their lanes. Allocates nothing between two attempts to connect.
/// Threads: start and disposal by any, the numbers by any.
/// </summary>
public sealed class FeedReader : IDisposable
{
    /// <summary>So many looks at silent sockets take about half a millisecond.</summary>
    private const int LooksPerTick = 1_024;

    /// <summary>Rounds in a row in which only held messages kept the thread awake, before it sleeps.</summary>
    private const int YieldsPerSleep = 64;

    private const int PatienceMillis = 2_000;
    private readonly ConcurrentQueue<(IVenueConnection Connection, TaskCompletionSource Done)> _releases = new();
    private IVenueConnection[] _connections;
    private readonly ReceiveMode _mode;
    private readonly int _core;
    private readonly ILogger _log;
    private readonly Action<Exception> _onFatal;
    private readonly SocketWait _wait;
    private readonly Thread _thread;
    private readonly int _roundsPerTick;
    private long _allocatedBytes;
    private volatile bool _stopping;
    private bool _disposed;

    /// <summary>Makes the thread; <see cref="Start"/> runs it.</summary>
    /// <param name="connections">What it reads, in the order of their turns; at least one.</param>
    /// <param name="mode">How it waits when all of them are silent.</param>
    /// <param name="core">The core to pin to, or -1.</param>
    /// <param name="log">Where it says that it could not be pinned.</param>
    /// <param name="onFatal">Called on the thread with an exception that must not be: the process has to end.</param>
    public FeedReader(
        IReadOnlyList<IVenueConnection> connections,
        ReceiveMode mode,
        int core,
        ILogger log,
        Action<Exception> onFatal)
    {
        ArgumentOutOfRangeException.ThrowIfZero(connections.Count);
        _connections = [.. connections];
        _mode = mode;
        _core = core;
        _log = log;
        _onFatal = onFatal;
        _wait = new SocketWait(2 * _connections.Length);
        _roundsPerTick = Math.Max(1, LooksPerTick / _connections.Length);
        _thread = new Thread(Run) { Name = NameOf(_connections), IsBackground = true };
    }

    /// <summary>
    /// The thread's name: <c>feed-VENUE</c>, and how many more it reads, <c>feed-binance+2</c>; at most 15 characters.
    /// </summary>
    public string Name => _thread.Name!;

    /// <summary>True when the thread has ended.</summary>
    public bool HasEnded => !_thread.IsAlive;

    /// <summary>What it reads.</summary>
    public IReadOnlyList<IVenueConnection> Connections => _connections;

    /// <summary>Managed bytes that the thread has allocated so far, as it last told.</summary>
    public long AllocatedBytes => Volatile.Read(ref _allocatedBytes);

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>
    /// Lets the thread end, and closes the sockets; to be disposed of all the same. Waits for nothing.
    /// </summary>
    public void Stop()
    {
        if (!_stopping)
        {
            _stopping = true;
            foreach (var connection in _connections)
            {
                connection.Stop();
            }
        }
    }

    /// <summary>
    /// Gives one of several connections up, and goes on with the others: it is ended as all are when the reader ends,
    /// and is the caller's to dispose of when the task completes. The last one ends with the reader.
    /// </summary>
    public Task ReleaseAsync(IVenueConnection connection)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _releases.Enqueue((connection, done));
        return done.Task;
    }

    /// <summary>
    /// Ends the thread, closes the sockets and disposes of the connections; waits for each of these at most two
    /// seconds.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        Stop();
        if (_thread.IsAlive && !_thread.Join(PatienceMillis))
        {
            return;   // it hangs in a call of the system: what it uses stays as it is, and the process ends soon
        }

        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _wait.Dispose();
    }

    private static string NameOf(IVenueConnection[] connections)
    {
        var more = connections.Length == 1 ? "" : $"+{connections.Length - 1}";
        var venue = connections[0].Venue;
        return "feed-" + venue[..Math.Min(venue.Length, 10 - more.Length)] + more;
    }

    private void Run()
    {
        try
        {
            if (_core >= 0 && !CpuAffinity.TryPinCurrentThread(_core, out var reason))
            {
                Log.NotPinned(_log, Name, reason ?? "");
            }

            Serve();
            foreach (var connection in _connections)
            {
                connection.End();
            }
        }
#pragma warning disable CA1031 // not swallowed: the process ends through onFatal
        catch (Exception e)
#pragma warning restore CA1031
        {
            _onFatal(e);
        }
    }

    /// <summary>
    /// Entered once: without the attribute it would be compiled anew under way, in the midst of traffic.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Serve()
    {
        var rounds = 0;
        var yields = 0;
        Tick();
        while (!_stopping)
        {
            var work = 0;
            foreach (var connection in _connections)
            {
                work += connection.Poll();
            }

            if (++rounds >= _roundsPerTick)
            {
                rounds = 0;
                Tick();
            }

            if (work != 0)
            {
                yields = 0;
                Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
            }
            else if (_mode == ReceiveMode.Polling)
            {
                Thread.SpinWait(1);
            }
            else if (!TrySleep(ref yields))
            {
                Thread.Yield();
            }
            else
            {
                rounds = _roundsPerTick;   // read first, then tick
            }
        }
    }

    /// <summary>
    /// Sleeps until a socket has bytes or a connection has to be looked at. False, for a while, when a message waits
    /// for room in its lane: the engine makes it within microseconds.
    /// </summary>
    private bool TrySleep(ref int yields)
    {
        var millis = int.MaxValue;
        _wait.Clear();
        foreach (var connection in _connections)
        {
            millis = Math.Min(millis, connection.SleepMillisMax);
            if (connection.TryGetHandle(out var handle))
            {
                _wait.Add(handle);
            }

            if (connection.TryGetSecondHandle(out var second))
            {
                _wait.Add(second);
            }
        }

        if (millis == 1 && yields++ < YieldsPerSleep)
        {
            return false;
        }

        yields = 0;
        _wait.Wait(millis);
        return true;
    }

    private void Tick()
    {
        while (!_releases.IsEmpty && _releases.TryDequeue(out var release))
        {
            Release(release.Connection);
            release.Done.TrySetResult();
        }

        var nanos = MonotonicClock.Nanos();
        foreach (var connection in _connections)
        {
            connection.Tick(nanos);
        }

        Volatile.Write(ref _allocatedBytes, GC.GetAllocatedBytesForCurrentThread());
    }

    private void Release(IVenueConnection connection)
    {
        var index = Array.IndexOf(_connections, connection);
        if (index >= 0)
        {
            connection.End();
            _connections = [.. _connections[..index], .. _connections[(index + 1)..]];
        }
    }
}
