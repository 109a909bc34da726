using System;

namespace LowLatencyQuoter.Engine.Model;

/// <summary>The machine's monotonic clock. Any thread may read it; jumps of the wall clock do not move it.</summary>
public readonly struct MonotonicClock : IClock
{
#pragma warning disable RS0030 // the one place that reads the machine's clock
    private static readonly double NanosPerTick = 1e9 / System.Diagnostics.Stopwatch.Frequency;
    private static readonly bool TickIsNano = System.Diagnostics.Stopwatch.Frequency == 1_000_000_000;

    /// <inheritdoc/>
    [HotPath]
    public long NowNanos() => Nanos();

    /// <summary>The same without an instance.</summary>
    [HotPath]
    public static long Nanos()
    {
        var ticks = System.Diagnostics.Stopwatch.GetTimestamp();
        return TickIsNano ? ticks : (long)(ticks * NanosPerTick);
    }

    /// <summary>
    /// What must be added to <see cref="Nanos"/> now to get nanoseconds of Unix time; read it once, since the wall
    /// clock may be set at any time.
    /// </summary>
    public static long UnixOffsetNanos() =>
        ((DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100) - Nanos();
#pragma warning restore RS0030
}
