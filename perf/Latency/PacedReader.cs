using System;
using System.Runtime.CompilerServices;
using System.Threading;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Perf.Jitter;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// The reader's thread for one window: waits until each message is due, whether or not the ones before are done, and
/// decodes it into the lane. Threads: runs on one of its own, which pins itself; results are for when it has ended.
/// </summary>
[HotPath]
internal sealed class PacedReader
{
    private readonly TapedVenue[] _venues;
    private readonly MeasuredWindow _window;
    private readonly double _intervalNanos;
    private readonly int _core;
    private readonly Thread _thread;
    private bool _stop;

    /// <summary>Makes the thread.</summary>
    /// <param name="venues">Who sends, by turns.</param>
    /// <param name="window">The messages' numbers, and where stamps go.</param>
    /// <param name="intervalNanos">Time between two messages; 0: none.</param>
    /// <param name="core">The core to pin to, or -1.</param>
    public PacedReader(TapedVenue[] venues, MeasuredWindow window, double intervalNanos, int core)
    {
        _venues = venues;
        _window = window;
        _intervalNanos = intervalNanos;
        _core = core;
        _thread = new Thread(Run) { Name = "reader", IsBackground = true };
    }

    /// <summary>When messages were due.</summary>
    public Schedule Schedule { get; private set; }

    /// <summary>Messages that were decoded.</summary>
    public long Sent { get; private set; }

    /// <summary>Managed bytes that the thread allocated while it sent.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>What the machine did to the thread while it waited for messages to be due.</summary>
    public StallRecorder Stalls { get; } = new();

    /// <summary>Why the thread could not be pinned, or null.</summary>
    public string? PinFailure { get; private set; }

    /// <summary>Starts.</summary>
    public void Start() => _thread.Start();

    /// <summary>True when it ended within the time.</summary>
    public bool Join(int millis) => _thread.Join(millis);

    /// <summary>Ends after the message under way.</summary>
    public void Stop() => Volatile.Write(ref _stop, true);

    private void Run()
    {
        PinFailure = _core < 0 || CpuAffinity.TryPinCurrentThread(_core, out var reason) ? null : reason;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Schedule = new Schedule(MonotonicClock.Nanos() + 100_000, _intervalNanos);
        Sent = Schedule.IsUnpaced ? SendAtOnce() : SendWhenDue();
        AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // the harness is never cold, whatever it measures
    private long SendWhenDue()
    {
        var schedule = Schedule;
        var venue = 0;
        for (var number = 0L; number < _window.Count; number++)
        {
            if (Volatile.Read(ref _stop))
            {
                return number;
            }

            var source = _venues[venue];
            venue = venue + 1 == _venues.Length ? 0 : venue + 1;
            source.Prepare(_window.FirstNumber + number);
            var due = schedule.IntendedNanos(number);
            var now = MonotonicClock.Nanos();
            while (now < due)
            {
                var before = now;
                now = MonotonicClock.Nanos();
                Stalls.Note(before, now);
            }

            source.Deliver(due);
            _window.Stamps?.NoteReader(number, now, source.DecodedNanos);
        }

        return _window.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]   // the harness is never cold, whatever it measures
    private long SendAtOnce()
    {
        var venue = 0;
        for (var number = 0L; number < _window.Count; number++)
        {
            if (Volatile.Read(ref _stop))
            {
                return number;
            }

            var source = _venues[venue];
            venue = venue + 1 == _venues.Length ? 0 : venue + 1;
            source.Prepare(_window.FirstNumber + number);
            source.Deliver(Schedule.StartNanos);
        }

        return _window.Count;
    }
}
