using System;
using System.Threading;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>The one clock of a simulated day: engine, connections, venues and market read it. One thread.</summary>
internal sealed class VirtualTime : TimeProvider, IClock
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    /// <summary>Nanoseconds, from a second on, so that no moment is 0.</summary>
    public long Nanos { get; set; } = 1_000_000_000;

    public override long TimestampFrequency => 1_000_000_000;

    public long NowNanos() => Nanos;

    public override long GetTimestamp() => Nanos;

    public override DateTimeOffset GetUtcNow() => Start + TimeSpan.FromTicks(Nanos / TimeSpan.NanosecondsPerTick);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new NotSupportedException("nothing in a simulated day may wait beside its agenda");
}
