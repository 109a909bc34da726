using System.Diagnostics;
using System.Threading;

namespace LowLatencyQuoter.Feeds.Replay;

/// <summary>Holds a replay back to a multiple of the recorded speed. Sleeps; it paces, it does not measure.</summary>
internal sealed class ReplayPacer
{
    private readonly double _speed;
    private long _firstNanos = -1;
    private long _started;

    /// <summary>Speed 0 is as fast as possible.</summary>
    public ReplayPacer(double speed) => _speed = speed;

    /// <summary>Waits until a record with this time is due.</summary>
    public void WaitFor(long nanos)
    {
        if (_speed == 0)
        {
            return;
        }

        if (_firstNanos < 0)
        {
            _firstNanos = nanos;
            _started = Stopwatch.GetTimestamp();
        }

        var dueMillis = (nanos - _firstNanos) / 1e6 / _speed;
        var aheadMillis = dueMillis - Stopwatch.GetElapsedTime(_started).TotalMilliseconds;
        if (aheadMillis >= 1)
        {
            Thread.Sleep((int)System.Math.Min(aheadMillis, int.MaxValue));
        }
    }
}
