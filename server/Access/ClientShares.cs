using System;
using System.Collections.Generic;
using System.Threading;

namespace LowLatencyQuoter.Server.Access;

/// <summary>
/// What each client has of calls, instruments and its rate. A client that has nothing and whose rate is its own again
/// is forgotten, so that what is kept is bounded however many come by. Threads: any.
/// </summary>
/// <param name="limits">The same for all.</param>
/// <param name="time">Nanoseconds of a clock that never goes back.</param>
internal sealed class ClientShares(ClientLimits limits, Func<long> time)
{
    /// <summary>Most clients that are kept apart at a time.</summary>
    public const int ClientsMax = 65_536;

    private const int SweepEvery = 1_024;
    private const double NanosPerSecond = 1e9;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Share> _shares = new(StringComparer.Ordinal);
    private int _sinceSweep;

    /// <summary>Count of clients that are known now.</summary>
    public int Clients
    {
        get
        {
            lock (_gate)
            {
                return _shares.Count;
            }
        }
    }

    /// <summary>A call begins; null when it may, and then <see cref="End"/> is due.</summary>
    public ClientRefusal? Begin(string client)
    {
        lock (_gate)
        {
            var now = time();
            if (++_sinceSweep >= SweepEvery)
            {
                Sweep(now);
            }

            if (!_shares.TryGetValue(client, out var share))
            {
                if (_shares.Count >= ClientsMax)
                {
                    return ClientRefusal.Clients;
                }

                _shares.Add(client, share = new Share { Calls = limits.CallsPerSecond, FilledNanos = now });
            }

            Fill(share, now);
            if (share.Calls < 1)
            {
                return ClientRefusal.Rate;
            }

            share.Calls--;
            if (share.Streams == limits.Streams)
            {
                return ClientRefusal.Streams;
            }

            share.Streams++;
            return null;
        }
    }

    /// <summary>A call takes instruments; false when its client may not have so many.</summary>
    public bool TryTake(string client, int symbols)
    {
        lock (_gate)
        {
            var share = _shares[client];
            if (symbols > limits.Symbols - share.Symbols)
            {
                return false;
            }

            share.Symbols += symbols;
            return true;
        }
    }

    /// <summary>A call ends.</summary>
    /// <param name="client">Whose it was.</param>
    /// <param name="symbols">Instruments that it had taken.</param>
    public void End(string client, int symbols)
    {
        lock (_gate)
        {
            var share = _shares[client];
            share.Streams--;
            share.Symbols -= symbols;
        }
    }

    private void Fill(Share share, long now)
    {
        var filled = (now - share.FilledNanos) / NanosPerSecond * limits.CallsPerSecond;
        share.Calls = Math.Min(limits.CallsPerSecond, share.Calls + filled);
        share.FilledNanos = now;
    }

    private void Sweep(long now)
    {
        _sinceSweep = 0;
        foreach (var (client, share) in _shares)
        {
            Fill(share, now);
            if (share.Streams == 0 && share.Calls >= limits.CallsPerSecond)
            {
                _shares.Remove(client);   // which a dictionary allows while it is walked
            }
        }
    }

    private sealed class Share
    {
        public double Calls { get; set; }

        public long FilledNanos { get; set; }

        public int Streams { get; set; }

        public int Symbols { get; set; }
    }
}
