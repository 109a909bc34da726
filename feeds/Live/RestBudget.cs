using System;
using System.Collections.Generic;
using System.Threading;
using LowLatencyQuoter.Feeds.Venues;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// What a venue's REST address may be asked by all connections and symbols of the process together: venues count by
/// address, refuse what is too much, and ban who goes on. A request is granted when no window of a limit that ends with
/// it holds more than the limit, wherever the venue lets its own windows begin; nothing waits longer than that.
/// Requests take a while to arrive, so that windows are taken to be longer by <see cref="Spread"/>.
/// Threads: any.
/// </summary>
public sealed class RestBudget
{
    private readonly Lock _gate = new();
    private readonly Account[] _accounts;
    private long _pausedUntilNanos = long.MinValue;

    /// <summary>Grants within all of the limits; without limits everything.</summary>
    public RestBudget(IReadOnlyList<RestLimit> limits)
    {
        _accounts = new Account[limits.Count];
        for (var index = 0; index < _accounts.Length; index++)
        {
            _accounts[index] = new Account(limits[index]);
        }
    }

    /// <summary>
    /// By how much the ways of two requests to the venue may differ. One that takes longer still may be refused, and a
    /// refusal pauses all.
    /// </summary>
    public static TimeSpan Spread { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Grants a request, and counts it, or does neither.</summary>
    /// <param name="weight">What the venue counts for it.</param>
    /// <param name="nanos">Now; never less than before.</param>
    public bool TryTake(int weight, long nanos)
    {
        lock (_gate)
        {
            if (nanos < _pausedUntilNanos)
            {
                return false;
            }

            foreach (var account in _accounts)
            {
                if (!account.HasRoomFor(weight, nanos))
                {
                    return false;
                }
            }

            foreach (var account in _accounts)
            {
                account.Add(weight, nanos);
            }

            return true;
        }
    }

    /// <summary>
    /// Grants a request that can as well be made later: only while half of each limit stays for those that cannot.
    /// </summary>
    /// <inheritdoc cref="TryTake" path="/param"/>
    public bool TryTakeSpare(int weight, long nanos)
    {
        lock (_gate)
        {
            foreach (var account in _accounts)
            {
                if (!account.HasRoomFor(weight + account.Half, nanos))
                {
                    return false;
                }
            }

            return TryTake(weight, nanos);
        }
    }

    /// <summary>Counts a request that is sent whatever the budget says.</summary>
    public void Take(int weight, long nanos)
    {
        lock (_gate)
        {
            foreach (var account in _accounts)
            {
                account.Add(weight, nanos);
            }
        }
    }

    /// <summary>The venue refused: nothing is granted until then. An earlier end does not shorten a pause.</summary>
    public void PauseUntil(long nanos)
    {
        lock (_gate)
        {
            _pausedUntilNanos = Math.Max(_pausedUntilNanos, nanos);
        }
    }

    /// <summary>What was granted within one limit's window.</summary>
    private sealed class Account(RestLimit limit)
    {
        private readonly Queue<(long Nanos, int Weight)> _granted = [];
        private readonly long _windowNanos = (limit.Window + Spread).Ticks * TimeSpan.NanosecondsPerTick;
        private long _used;

        public int Half => limit.Weight / 2;

        public bool HasRoomFor(int weight, long nanos)
        {
            while (_granted.TryPeek(out var oldest) && nanos - oldest.Nanos > _windowNanos)
            {
                _used -= oldest.Weight;
                _granted.Dequeue();
            }

            // What weighs more than the limit is not for us to forbid: the venue may have raised it.
            return _granted.Count == 0 || _used + weight <= limit.Weight;
        }

        public void Add(int weight, long nanos)
        {
            _granted.Enqueue((nanos, weight));
            _used += weight;
        }
    }
}
