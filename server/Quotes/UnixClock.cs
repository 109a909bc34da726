using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>
/// The engine's times as those of Unix: what lies between the two was read once, so that a jump of the wall clock moves
/// nothing. Threads: any.
/// </summary>
/// <param name="OffsetNanos">What is added.</param>
internal readonly record struct UnixClock(long OffsetNanos)
{
    /// <summary>The wall clock now decides for a clock.</summary>
    public static UnixClock Of(IClock clock) =>
        new(MonotonicClock.UnixOffsetNanos() + MonotonicClock.Nanos() - clock.NowNanos());

    /// <summary>A time of the engine; 0, which is none, stays 0.</summary>
    public long At(long nanos) => nanos == 0 ? 0 : nanos + OffsetNanos;
}
