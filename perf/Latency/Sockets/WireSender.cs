using System;
using System.Threading;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// The venues' thread for one window: sends each message when it is due, whether or not those before came through, and
/// gives its core away between looks at the clock. Threads: runs on one of its own; results are for when it has ended.
/// </summary>
internal sealed class WireSender
{
    private const long SleepFromNanos = 3_000_000;
    private readonly WireVenue[] _venues;
    private readonly WireWindow _window;
    private readonly double _intervalNanos;
    private readonly Thread _thread;

    /// <summary>Makes the thread.</summary>
    public WireSender(WireVenue[] venues, WireWindow window, double intervalNanos)
    {
        _venues = venues;
        _window = window;
        _intervalNanos = intervalNanos;
        _thread = new Thread(Run) { Name = "venue-send", IsBackground = true };
    }

    /// <summary>When messages were due.</summary>
    public Schedule Schedule { get; private set; }

    /// <summary>What ended it early, or null.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Starts.</summary>
    public void Start() => _thread.Start();

    /// <summary>True when it ended within the time.</summary>
    public bool Join(int millis) => _thread.Join(millis);

    private void Run()
    {
        try
        {
            Send();
        }
#pragma warning disable CA1031 // not swallowed: who joins the thread throws it
        catch (Exception e)
#pragma warning restore CA1031
        {
            Failure = e;
        }
    }

    private void Send()
    {
        var schedule = new Schedule(MonotonicClock.Nanos() + 1_000_000, _intervalNanos);
        Schedule = schedule;
        for (var number = 0; number < _window.Count; number++)
        {
            var venue = _venues[(_window.FirstNumber + number) % _venues.Length];
            venue.Prepare(_window.FirstNumber + number);
            var due = schedule.IntendedNanos(number);
            for (var left = due - MonotonicClock.Nanos(); left > 0; left = due - MonotonicClock.Nanos())
            {
                if (left > SleepFromNanos)
                {
                    Thread.Sleep(1);
                }
                else
                {
                    Thread.Yield();
                }
            }

            _window.Stamps.Sent[number] = venue.Send();
        }
    }
}
