using LowLatencyQuoter.Engine;

namespace LowLatencyQuoter.Perf.Latency.Marks;

/// <summary>
/// When messages had been applied to their books, until somebody asks: the last 1,024 times. Threads: the engine's.
/// </summary>
[HotPath]
internal sealed class AppliedMarks
{
    private const int Capacity = 1_024;   // a duty cycle of the engine takes 64 events of each of at most ten lanes
    private readonly long[] _nanos = new long[Capacity];
    private long _head;
    private long _next;

    /// <summary>A message has been applied.</summary>
    public void Add(long nanos) => _nanos[_head++ & (Capacity - 1)] = nanos;

    /// <summary>
    /// The last mark up to that time, and forgets it with those before; 0 when there is none from
    /// <paramref name="from"/> on, since then it belongs to a message that was not quoted.
    /// </summary>
    public long Take(long from, long to)
    {
        if (_next < _head - Capacity)
        {
            _next = _head - Capacity;
        }

        var last = 0L;
        for (; _next < _head && _nanos[_next & (Capacity - 1)] <= to; _next++)
        {
            last = _nanos[_next & (Capacity - 1)];
        }

        return last >= from ? last : 0;
    }
}
