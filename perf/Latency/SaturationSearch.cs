using System;
using System.Collections.Generic;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// Finds between which rates the path stops keeping up: doubles (or halves) until it does, then narrows the two rates
/// down. A rate is sustained when nothing is lost and the last message is through in little more time than the messages
/// were due in, see <see cref="WindowReport.KeepsUpWith"/>.
/// </summary>
/// <param name="measure">Measures one rate.</param>
internal sealed class SaturationSearch(Func<double, RateReport> measure)
{
    private const double NarrowEnough = 1.1;
    private const int RatesMax = 24;
    private double _sustained;
    private double _unsustained = double.PositiveInfinity;

    /// <summary>Rates that a search usually tries, for whoever shows how far it is.</summary>
    public static int UsualRates => 8;

    /// <summary>Begins with the rates measured already; returns those it measured beside them.</summary>
    public IReadOnlyList<RateReport> Run(IReadOnlyList<RateReport> given)
    {
        foreach (var rate in given)
        {
            _sustained = rate.IsSustained ? Math.Max(_sustained, rate.OfferedPerSecond) : _sustained;
        }

        foreach (var rate in given)
        {
            if (rate.OfferedPerSecond > _sustained)
            {
                _unsustained = Math.Min(_unsustained, rate.OfferedPerSecond);
            }
        }

        var tried = new List<RateReport>();
        while (tried.Count < RatesMax && Next() is { } next)
        {
            var rate = measure(next) with { IsSearched = true };
            tried.Add(rate);
            (_sustained, _unsustained) = rate.IsSustained ? (next, _unsustained) : (_sustained, next);
        }

        return tried;
    }

    /// <summary>What was found, after <see cref="Run"/>.</summary>
    /// <param name="rates">All rates that were measured.</param>
    /// <param name="parts">Names of the stages that are parts of the whole, in order.</param>
    public Saturation Found(IReadOnlyList<RateReport> rates, IReadOnlyList<string> parts)
    {
        foreach (var rate in rates)
        {
            if (rate.OfferedPerSecond == _unsustained)
            {
                return new Saturation(_sustained, _unsustained, Longest(rate, parts));
            }
        }

        return new Saturation(_sustained, 0, "");
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
