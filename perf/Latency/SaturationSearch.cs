using System;
using System.Collections.Generic;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// Finds between which rates the path stops keeping up: doubles (or halves) until it does, then narrows the two rates
/// down. A rate is sustained when nothing is lost and the last message is through in little more time than the messages
/// were due in, see <see cref="WindowReport.KeepsUpWith"/>. On a machine that stalls, a rate may fail below one that
/// holds: such a rate is tried again before it counts, and only if it then fails too is the faster one disbelieved.
/// </summary>
/// <param name="measure">Measures one rate.</param>
/// <param name="again">Measures a rate again; returns all its windows.</param>
internal sealed class SaturationSearch(Func<double, RateReport> measure, Func<RateReport, RateReport> again)
{
    private const double NarrowEnough = 1.1;
    private const int RatesMax = 24;
    private readonly List<RateReport> _rates = [];
    private readonly HashSet<double> _doubted = [];
    private double _sustained;
    private double _unsustained = double.PositiveInfinity;

    /// <summary>Rates that a search usually tries, for whoever shows how far it is.</summary>
    public static int UsualRates => 8;

    /// <summary>
    /// Begins with the rates measured already; returns these and those it measured beside them, in ascending order.
    /// </summary>
    public IReadOnlyList<RateReport> Run(IReadOnlyList<RateReport> given)
    {
        _rates.AddRange(given);
        for (var measured = 0; measured < RatesMax; measured++)
        {
            Bound();
            if (Doubtful() is >= 0 and var index)
            {
                _doubted.Add(_rates[index].OfferedPerSecond);
                _rates[index] = again(_rates[index]) with { IsRetried = true };
            }
            else if (Next() is { } next)
            {
                _rates.Add(measure(next) with { IsSearched = true });
            }
            else
            {
                break;
            }
        }

        Bound();
        _rates.Sort(static (a, b) => a.OfferedPerSecond.CompareTo(b.OfferedPerSecond));
        return _rates;
    }

    /// <summary>What was found, after <see cref="Run"/>.</summary>
    /// <param name="parts">Names of the stages that are parts of the whole, in order.</param>
    public Saturation Found(IReadOnlyList<string> parts)
    {
        var (retried, held) = (0, 0);
        RateReport? failing = null;
        foreach (var rate in _rates)
        {
            retried += rate.IsRetried ? 1 : 0;
            held += rate.IsRetried && rate.IsSustained ? 1 : 0;
            failing = rate.OfferedPerSecond == _unsustained ? rate : failing;
        }

        return failing is null
            ? new Saturation(_sustained, 0, "", retried, held)
            : new Saturation(_sustained, _unsustained, Longest(failing, parts), retried, held);
    }

    /// <summary>The slowest rate that failed, and the fastest below it that held.</summary>
    private void Bound()
    {
        _unsustained = double.PositiveInfinity;
        _sustained = 0;
        foreach (var rate in _rates)
        {
            _unsustained = rate.IsSustained ? _unsustained : Math.Min(_unsustained, rate.OfferedPerSecond);
        }

        foreach (var rate in _rates)
        {
            _sustained = rate.IsSustained && rate.OfferedPerSecond < _unsustained
                ? Math.Max(_sustained, rate.OfferedPerSecond)
                : _sustained;
        }
    }

    /// <summary>Index of a rate that failed below one that held and was not tried again for it; or -1.</summary>
    private int Doubtful()
    {
        var fastest = 0.0;
        foreach (var rate in _rates)
        {
            fastest = rate.IsSustained ? Math.Max(fastest, rate.OfferedPerSecond) : fastest;
        }

        return _rates.FindIndex(rate =>
            !rate.IsSustained && rate.OfferedPerSecond < fastest && !_doubted.Contains(rate.OfferedPerSecond));
    }

    private static string Longest(RateReport rate, IReadOnlyList<string> parts)
    {
        var order = new List<int>();
        for (var stage = 0; stage < parts.Count; stage++)
        {
            order.Add(stage);
        }

        order.Sort((a, b) => rate.Nanos(b, 50).CompareTo(rate.Nanos(a, 50)));
        return $"{parts[order[0]]}, then {parts[order[1]]}";
    }

    // null: narrow enough, or at the end of what can be offered
    private double? Next()
    {
        var next = _sustained == 0 ? _unsustained / 2
            : double.IsPositiveInfinity(_unsustained) ? Math.Min(_sustained * 2, LatencyPlan.RateMax)
            : Math.Sqrt(_sustained * _unsustained);
        next = Rounded(next);
        return next > _sustained && next < _unsustained && _unsustained / _sustained > NarrowEnough && next >= 1
            ? next
            : null;
    }

    /// <summary>Three digits that count: who reads the table wants to type the rate.</summary>
    private static double Rounded(double rate)
    {
        var unit = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(rate, 1))) - 2));
        return Math.Round(rate / unit) * unit;
    }
}
