using System;

namespace LowLatencyQuoter.Client.Watching;

/// <summary>How long to wait before the next attempt: doubling from 250 ms to 5 s, each 20 % more or less.</summary>
internal sealed class ReconnectDelay
{
    private const double FirstMillis = 250;
    private const double MaxMillis = 5_000;
    private const double Jitter = 0.2;

    private readonly Random _random;
    private double _nextMillis = FirstMillis;

    /// <summary>Draws the jitter from the given source.</summary>
    public ReconnectDelay(Random random) => _random = random;

    /// <summary>The wait before the next attempt.</summary>
    public TimeSpan Next()
    {
        var millis = _nextMillis * (1 - Jitter + (2 * Jitter * _random.NextDouble()));
        _nextMillis = Math.Min(_nextMillis * 2, MaxMillis);
        return TimeSpan.FromMilliseconds(millis);
    }

    /// <summary>The stream works: the next loss begins with the shortest wait again.</summary>
    public void Reset() => _nextMillis = FirstMillis;
}
