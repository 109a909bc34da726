using System;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// Waits between attempts: at most 100 ms before the first, doubling up to a bound, each a random part of that (full
/// jitter), so that many connections that fell together do not come back together. One thread.
/// </summary>
public sealed class ReconnectPolicy
{
    private const double FirstMillis = 100;
    private readonly double _maxMillis;
    private readonly Random _random;
    private int _attempts;

    /// <summary>Makes a policy.</summary>
    /// <param name="max">Bound of a wait.</param>
    /// <param name="random">Jitter; tests give a seeded one.</param>
    public ReconnectPolicy(TimeSpan max, Random random)
    {
        _maxMillis = max.TotalMilliseconds;
        _random = random;
    }

    /// <summary>Attempts since the last success.</summary>
    public int Attempts => _attempts;

    /// <summary>How long to wait before the next attempt, which this counts.</summary>
    public int NextDelayMillis()
    {
        var bound = Math.Min(_maxMillis, FirstMillis * Math.Pow(2, Math.Min(_attempts, 30)));
        _attempts++;
        return (int)(_random.NextDouble() * bound);
    }

    /// <summary>The connection has proven itself: the next wait is a short one again.</summary>
    public void Reset() => _attempts = 0;
}
