using System;
using System.Diagnostics;

namespace LowLatencyQuoter.Wire.Transport;

/// <summary>A point in monotonic time by which something has to be done.</summary>
internal readonly struct TimeLimit
{
    private readonly long _end;

    private TimeLimit(long end) => _end = end;

    public bool IsOver => Stopwatch.GetTimestamp() >= _end;

    /// <summary>What is left, never negative.</summary>
    public TimeSpan Left
    {
        get
        {
            var now = Stopwatch.GetTimestamp();
            return now >= _end ? TimeSpan.Zero : Stopwatch.GetElapsedTime(now, _end);
        }
    }

    public static TimeLimit After(TimeSpan span) =>
        new(Stopwatch.GetTimestamp() + (long)(span.TotalSeconds * Stopwatch.Frequency));

    /// <summary>
    /// What is left, but at most <paramref name="most"/>; rounded up to whole milliseconds as poll(2) counts.
    /// </summary>
    public TimeSpan Slice(TimeSpan most)
    {
        var left = Left;
        var slice = left < most ? left : most;
        return TimeSpan.FromMilliseconds(Math.Ceiling(slice.TotalMilliseconds));
    }
}
