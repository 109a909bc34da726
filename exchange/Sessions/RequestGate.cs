using System;
using System.Collections.Generic;
using System.Net;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>
/// Lets an address do something so many times within any stretch of time of one length, and no more. Thread safe.
/// </summary>
internal sealed class RequestGate
{
    private readonly System.Threading.Lock _gate = new();
    private readonly Dictionary<IPAddress, Queue<long>> _passed = [];
    private readonly int _most;
    private readonly TimeSpan _within;
    private readonly TimeProvider _clock;

    /// <param name="most">How many times.</param>
    /// <param name="within">Within how long.</param>
    /// <param name="clock">Measures it.</param>
    public RequestGate(int most, TimeSpan within, TimeProvider clock)
    {
        _most = most;
        _within = within;
        _clock = clock;
    }

    /// <summary>Counts one more, or says that it is too many; what is refused does not count.</summary>
    public bool TryPass(IPAddress address)
    {
        var now = _clock.GetTimestamp();
        lock (_gate)
        {
            if (!_passed.TryGetValue(address, out var times))
            {
                _passed.Add(address, times = []);
            }

            while (times.TryPeek(out var oldest) && _clock.GetElapsedTime(oldest, now) >= _within)
            {
                times.Dequeue();
            }

            if (times.Count == _most)
            {
                return false;
            }

            times.Enqueue(now);
            return true;
        }
    }
}
