using System;
using System.Collections.Generic;
using System.Linq;

namespace LowLatencyQuoter.Exchange.Faults;

/// <summary>The faults of one venue: those that wait, and how often each was provoked. Thread safe.</summary>
internal sealed class VenueFaults
{
    private readonly System.Threading.Lock _gate = new();
    private readonly List<ArmedFault> _armed = [];
    private readonly SortedDictionary<string, long> _provoked = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private volatile bool _isArmed;

    public VenueFaults(string venue, TimeProvider clock, int seed)
    {
        Venue = venue;
        _clock = clock;
        _random = new Random(seed);
    }

    public string Venue { get; }

    /// <summary>False while nothing waits: what is sent need not be looked at.</summary>
    public bool IsArmed => _isArmed;

    /// <summary>How often each fault took effect.</summary>
    public IReadOnlyDictionary<string, long> Provoked
    {
        get
        {
            lock (_gate)
            {
                return new SortedDictionary<string, long>(_provoked, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>What waits.</summary>
    public IReadOnlyList<Fault> Armed
    {
        get
        {
            lock (_gate)
            {
                return [.. _armed.Select(armed => armed.Fault)];
            }
        }
    }

    public void Arm(Fault fault, string? symbol)
    {
        lock (_gate)
        {
            var ends = fault.For > TimeSpan.Zero
                ? _clock.GetTimestamp() + (long)(fault.For.TotalSeconds * _clock.TimestampFrequency)
                : (long?)null;
            _armed.Add(new ArmedFault(fault, symbol, ends));
            _isArmed = true;
        }
    }

    /// <summary>Forgets those of a name; all of them for null.</summary>
    public void Clear(string? name)
    {
        lock (_gate)
        {
            _armed.RemoveAll(armed => name is null || armed.Fault.Name == name);
            _isArmed = _armed.Count != 0;
        }
    }

    /// <summary>Notes that a fault took effect that did not wait.</summary>
    public void Count(string name)
    {
        lock (_gate)
        {
            _provoked[name] = _provoked.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>Takes one effect of a fault, if one waits that the condition holds for: its symbol, or null.</summary>
    public bool TryTake(string name, Func<string?, bool> concerns, out Fault fault)
    {
        lock (_gate)
        {
            DropEnded();
            foreach (var armed in _armed)
            {
                if (armed.Fault.Name != name || !concerns(armed.Symbol)
                    || (armed.Fault.Share < 1 && _random.NextDouble() >= armed.Fault.Share))
                {
                    continue;
                }

                fault = armed.Fault;
                armed.Left--;
                _provoked[name] = _provoked.GetValueOrDefault(name) + 1;
                DropEnded();
                return true;
            }
        }

        fault = null!;
        return false;
    }

    /// <summary>Symbols of the faults of a name that wait, null for any symbol; nothing is taken.</summary>
    public IReadOnlyList<string?> SymbolsOf(string name)
    {
        lock (_gate)
        {
            DropEnded();
            return [.. _armed.Where(armed => armed.Fault.Name == name).Select(armed => armed.Symbol)];
        }
    }

    /// <summary>Ends lasting faults of a name that concern what the condition holds for.</summary>
    public void End(string name, Func<string?, bool> concerns)
    {
        lock (_gate)
        {
            _armed.RemoveAll(
                armed => armed.Fault.Name == name && armed.Ends is null && concerns(armed.Symbol));
            _isArmed = _armed.Count != 0;
        }
    }

    /// <summary>A number drawn by the plan's seed, from 0 and below the bound.</summary>
    public int Draw(int bound)
    {
        lock (_gate)
        {
            return _random.Next(bound);
        }
    }

    private void DropEnded()
    {
        var now = _clock.GetTimestamp();
        _armed.RemoveAll(armed => armed.IsOver || armed.Ends < now);
        _isArmed = _armed.Count != 0;
    }
}
