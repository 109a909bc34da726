using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>The rounds of one side.</summary>
internal sealed class SideFigures
{
    private readonly List<Figure> _rounds = [];
    private readonly List<double> _values = [];
    private readonly List<double> _p99s = [];

    /// <summary>All rounds, in the order in which they were taken.</summary>
    public IReadOnlyList<Figure> Rounds => _rounds;

    /// <summary>Median of the rounds.</summary>
    public double Median => Medians.Of(_values);

    /// <summary>Least of the rounds.</summary>
    public double Min => _values.Min();

    /// <summary>Greatest of the rounds.</summary>
    public double Max => _values.Max();

    /// <summary>
    /// Median of the rounds' 99th percentiles, where operations are timed one by one or in small chunks.
    /// </summary>
    public double? P99 => _p99s.Count == 0 ? null : Medians.Of(_p99s);

    /// <summary>Adds a round.</summary>
    public void Add(Figure figure)
    {
        _rounds.Add(figure);
        _values.Add(figure.Value);
        if (figure.P99 is { } p99)
        {
            _p99s.Add(p99);
        }
    }
}
