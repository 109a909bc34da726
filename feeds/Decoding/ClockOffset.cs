using System;
using System.Threading;

namespace LowLatencyQuoter.Feeds.Decoding;

/// <summary>
/// How much later than its venue's stamp a message is received at least: the least difference between our monotonic
/// clock and the venue's wall clock within the last minute, kept in buckets of ten seconds. The way of a message only
/// ever adds to the difference, so that the least one is nearest to the clocks' own. Threads: one reader's, the result
/// by any.
/// </summary>
internal sealed class ClockOffset
{
    private const int Buckets = 6;
    private const long BucketNanos = 10_000_000_000;
    private readonly long[] _least = new long[Buckets];
    private long _current = long.MaxValue;
    private long _result = long.MaxValue;
    private int _bucket;
    private long _sinceNanos;

    /// <summary>Begins with an empty window.</summary>
    public ClockOffset() => _least.AsSpan().Fill(long.MaxValue);

    /// <summary>
    /// The least difference of the window, receive time on the monotonic clock minus the venue's time;
    /// <see cref="long.MaxValue"/>: no message stated a time.
    /// </summary>
    public long LeastNanos => Volatile.Read(ref _result);

    /// <summary>A message; 0 as the venue's time: it states none.</summary>
    [Engine.HotPath]
    public void Observe(long venueUnixNanos, long receivedNanos)
    {
        var difference = receivedNanos - venueUnixNanos;
        if (difference < _current && venueUnixNanos != 0)
        {
            _current = difference;
        }
    }

    /// <summary>Call now and then: moves the window on and makes the result.</summary>
    public void Look(long nanos)
    {
        _least[_bucket] = Math.Min(_least[_bucket], _current);
        var least = long.MaxValue;
        foreach (var bucket in _least)
        {
            least = Math.Min(least, bucket);
        }

        Volatile.Write(ref _result, least);
        if (nanos - _sinceNanos < BucketNanos)
        {
            return;
        }

        _sinceNanos = nanos;
        _bucket = (_bucket + 1) % Buckets;
        _least[_bucket] = long.MaxValue;
        _current = long.MaxValue;
    }
}
