using System;
using System.Collections.Generic;
using System.Threading;

namespace LowLatencyQuoter.Server.Grpc;

/// <content>What happens because time has passed: quotes that waited for their interval, and heartbeats.</content>
public sealed partial class QuotePublisher
{
    /// <summary>After so long without a message of an instrument its stream is told that it lives.</summary>
    private const long BeatNanos = 1_000_000_000;

    /// <summary>How often streams are looked at for that; a thread without work wakes up as often.</summary>
    private const long BeatLookNanos = 100_000_000;
    private const long NanosPerMilli = 1_000_000;
    private readonly List<QuoteLeg> _waiting = [];
    private readonly Timer _alarm;   // wakes the thread when a quote's time has come
    private long _wakeNanos = long.MaxValue;
    private long _nextLookNanos;

    private int DoTimedWork(long now)
    {
        var work = 0;
        if (now >= _wakeNanos)
        {
            work += WriteWaiting(now);
        }

        if (now >= _nextLookNanos)
        {
            _nextLookNanos = now + BeatLookNanos;
            for (var index = _active.Count - 1; index >= 0; index--)
            {
                if (index < _active.Count)
                {
                    Beat(_active[index], now);
                }
            }
        }

        return work;
    }

    /// <summary>A leg has a quote that may not go before a time.</summary>
    private void Await(QuoteLeg leg, long dueNanos, long now)
    {
        if (!leg.IsWaiting)
        {
            leg.IsWaiting = true;
            _waiting.Add(leg);
        }

        if (dueNanos < _wakeNanos)
        {
            _wakeNanos = dueNanos;
            _alarm.Change(((dueNanos - now) / NanosPerMilli) + 1, Timeout.Infinite);
        }
    }

    private int WriteWaiting(long now)
    {
        _wakeNanos = long.MaxValue;
        var count = _waiting.Count;
        for (var index = count - 1; index >= 0; index--)
        {
            // Who still has to wait comes back to the end of the list, behind those of this round.
            var leg = _waiting[index];
            _waiting[index] = _waiting[^1];
            _waiting.RemoveAt(_waiting.Count - 1);
            leg.IsWaiting = false;
            if (leg.Position >= 0)
            {
                Write(leg, now);
            }
        }

        return count;
    }

    private void Beat(QuoteFeed feed, long now)
    {
        var encoded = false;
        for (var index = feed.Legs.Count - 1; index >= 0; index--)
        {
            var leg = feed.Legs[index];
            if (now - leg.WrittenNanos < BeatNanos || leg.Subscriber.IsLagging || leg.Subscriber.IsStopped
                || leg.Subscriber.IsOverrun)
            {
                continue;
            }

            if (!encoded && !feed.TryEncodeHeartbeat(now))
            {
                return;
            }

            encoded = true;
            Beat(leg, now);
        }
    }

    private void Beat(QuoteLeg leg, long now)
    {
        try
        {
            if (!leg.Feed.TryWriteHeartbeat(leg, now))
            {
                Let(leg.Subscriber, null);
            }
        }
#pragma warning disable CA1031 // as above
        catch (Exception e)
#pragma warning restore CA1031
        {
            Let(leg.Subscriber, e);
        }
    }
}
