using System;

namespace LowLatencyQuoter.Exchange.Venues.Bitstamp;

/// <summary>
/// Microseconds since 1970 that never repeat: microtimestamp is all a Bitstamp client has to order diffs by. Touch it
/// under the market's gate.
/// </summary>
internal sealed class BitstampClock
{
    private readonly TimeProvider _clock;
    private long _last;

    public BitstampClock(TimeProvider clock) => _clock = clock;

    /// <summary>A time later than every one before it.</summary>
    public long Next()
    {
        var now = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        _last = Math.Max(_last + 1, now);
        return _last;
    }
}
