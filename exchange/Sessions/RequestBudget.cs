using System;
using System.Collections.Generic;
using System.Net;

namespace LowLatencyQuoter.Exchange.Sessions;

/// <summary>A <see cref="WindowCount"/> for each address that sends requests. Thread safe.</summary>
internal sealed class RequestBudget
{
    private readonly System.Threading.Lock _gate = new();
    private readonly Dictionary<IPAddress, WindowCount> _counts = [];
    private readonly TimeProvider _clock;
    private readonly TimeSpan _length;
    private readonly int _limit;

    public RequestBudget(TimeProvider clock, TimeSpan length, int limit)
    {
        _clock = clock;
        _length = length;
        _limit = limit;
    }

    /// <summary>Whether the request may be answered, what is left then, and when the window ends.</summary>
    public (bool Granted, int Remaining, TimeSpan ResetsIn) Use(IPAddress? address, int weight)
    {
        lock (_gate)
        {
            var key = address ?? IPAddress.Loopback;
            if (!_counts.TryGetValue(key, out var count))
            {
                count = new WindowCount(_clock, _length, _limit);
                _counts.Add(key, count);
            }

            return (count.TryUse(weight), count.Remaining, count.ResetsIn);
        }
    }
}
