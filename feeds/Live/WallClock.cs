using System;
using System.Threading;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// Wall time for what is shown, derived from the monotonic clock and a base that follows the machine's wall clock only
/// as fast as one is disciplined, half a millisecond a second. A jump is counted and flagged and changes nothing; what
/// the wall clock says a minute after it is taken to be the time. Threads: any.
/// </summary>
public sealed class WallClock
{
    /// <summary>A difference beyond this is a jump.</summary>
    public static readonly TimeSpan JumpBeyond = TimeSpan.FromMilliseconds(100);

    /// <summary>For so long a jump has to stand before it is believed.</summary>
    public static readonly TimeSpan BelievedAfter = TimeSpan.FromMinutes(1);

    private const long LookEveryNanos = 1_000_000_000;
    private const long SlewPerSecond = 500_000;
    private readonly Func<long> _unixOffsetNanos;
    private readonly Lock _gate = new();
    private long _base;
    private long _lookedNanos;
    private long _jumpedAtNanos;
    private long _jumps;
    private long _off;

    /// <summary>Begins with what the wall clock says now.</summary>
    /// <param name="unixOffsetNanos">
    /// What has to be added to the monotonic clock to get the wall clock's Unix time, nanoseconds.
    /// </param>
    /// <param name="nanos">Now, on the monotonic clock.</param>
    public WallClock(Func<long> unixOffsetNanos, long nanos)
    {
        _unixOffsetNanos = unixOffsetNanos;
        _base = unixOffsetNanos();
        _lookedNanos = nanos;
    }

    /// <summary>The machine's.</summary>
    public static WallClock Machine { get; } = new(MonotonicClock.UnixOffsetNanos, MonotonicClock.Nanos());

    /// <summary>What has to be added to the monotonic clock to get Unix time, nanoseconds.</summary>
    public long UnixOffsetNanos => Volatile.Read(ref _base);

    /// <summary>Jumps seen so far.</summary>
    public long Jumps => Volatile.Read(ref _jumps);

    /// <summary>By how much the machine's wall clock differs now, after a jump; 0: it does not.</summary>
    public long OffNanos => Volatile.Read(ref _off);

    /// <summary>Call now and then; looks at the wall clock once a second.</summary>
    /// <param name="nanos">Now, on the monotonic clock.</param>
    public void Look(long nanos)
    {
        if (nanos - Volatile.Read(ref _lookedNanos) < LookEveryNanos || !_gate.TryEnter())
        {
            return;
        }

        try
        {
            var passed = nanos - _lookedNanos;
            if (passed >= LookEveryNanos)
            {
                Volatile.Write(ref _lookedNanos, nanos);
                Compare(_unixOffsetNanos() - _base, passed, nanos);
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    private void Compare(long difference, long passed, long nanos)
    {
        if (Math.Abs(difference) <= JumpBeyond.Ticks * TimeSpan.NanosecondsPerTick)
        {
            var most = Math.Max(SlewPerSecond, passed / 1_000_000_000 * SlewPerSecond);
            Volatile.Write(ref _jumps, _jumps + (_off == 0 ? 0 : 1));   // back again
            Volatile.Write(ref _off, 0);
            Volatile.Write(ref _base, _base + Math.Clamp(difference, -most, most));
            return;
        }

        var isAnother = Math.Abs(difference - _off) > JumpBeyond.Ticks * TimeSpan.NanosecondsPerTick;
        Volatile.Write(ref _off, difference);
        if (isAnother)
        {
            Volatile.Write(ref _jumps, _jumps + 1);
            _jumpedAtNanos = nanos;
        }
        else if (nanos - _jumpedAtNanos >= BelievedAfter.Ticks * TimeSpan.NanosecondsPerTick)
        {
            Volatile.Write(ref _off, 0);
            Volatile.Write(ref _base, _base + difference);
        }
    }
}
