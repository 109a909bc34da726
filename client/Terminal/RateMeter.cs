using System;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>The rate of a growing count over the last two seconds or so. One thread at a time.</summary>
internal sealed class RateMeter
{
    private const int CapacitySamples = 20;

    private readonly TimeProvider _time;
    private readonly (long Stamp, long Count)[] _samples = new (long, long)[CapacitySamples];
    private long _taken;

    /// <summary>Measures time by the given clock.</summary>
    public RateMeter(TimeProvider time) => _time = time;

    /// <summary>
    /// Notes the count and returns the rate per second since the oldest of the last 20 calls; 0 at the first.
    /// Meant to be called ten times a second.
    /// </summary>
    public double Sample(long count)
    {
        var now = _time.GetTimestamp();
        var oldest = _taken < CapacitySamples ? _samples[0] : _samples[_taken % CapacitySamples];
        _samples[_taken % CapacitySamples] = (now, count);
        if (_taken++ == 0)
        {
            return 0;
        }

        var seconds = _time.GetElapsedTime(oldest.Stamp, now).TotalSeconds;
        return seconds > 0 ? (count - oldest.Count) / seconds : 0;
    }
}
