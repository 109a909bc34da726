using System;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>Counts what is used in windows of fixed length, up to a limit. One thread at a time.</summary>
internal sealed class WindowCount
{
    private readonly TimeProvider _clock;
    private readonly TimeSpan _length;
    private readonly int _limit;
    private long _since;
    private int _used;

    public WindowCount(TimeProvider clock, TimeSpan length, int limit)
    {
        _clock = clock;
        _length = length;
        _limit = limit;
        _since = clock.GetTimestamp();
    }

    /// <summary>What may still be used in this window.</summary>
    public int Remaining => _limit - _used;

    /// <summary>When the next window begins.</summary>
    public TimeSpan ResetsIn => _length - _clock.GetElapsedTime(_since);

    /// <summary>Uses so much; false, with nothing used, when the window has not so much left.</summary>
    public bool TryUse(int weight)
    {
        if (_clock.GetElapsedTime(_since) >= _length)
        {
            _since = _clock.GetTimestamp();
            _used = 0;
        }

        if (_used + weight > _limit)
        {
            return false;
        }

        _used += weight;
        return true;
    }
}
