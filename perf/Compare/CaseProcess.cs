using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Perf.Processes;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>
/// Measures a case in a process of its own. Both sides share it, but no case runs on the heap that another one has
/// left, or in code that was compiled for another's input: a figure is the same whether its case is measured alone or
/// with all others.
/// </summary>
internal static class CaseProcess
{
    /// <summary>The option that makes a process the one of a case.</summary>
    public const string Option = "--case";

    /// <summary>Measures it.</summary>
    /// <param name="item">The case.</param>
    /// <param name="effort">Rounds and their lengths.</param>
    /// <param name="quick">True where <paramref name="effort"/> is a short one.</param>
    /// <param name="shown">Told now and then how much of it is done, 0 to 1, as far as time tells.</param>
    /// <exception cref="PerfException">It failed.</exception>
    public static ComparedCase Run(ComparisonCase item, Effort effort, bool quick, Action<double> shown)
    {
        List<string> arguments =
        [
            "compare", Option, item.Name, "--rounds", effort.Rounds.ToString(CultureInfo.InvariantCulture),
        ];
        if (quick)
        {
            arguments.Add("--quick");
        }

        var expected = effort.WarmUpSeconds + (effort.Rounds * effort.RoundSeconds * (item.IsLatency ? 3 : 2));
        return CaseParcel.Read(
            item,
            MeasuredProcess.Run(item.Name, arguments, seconds => shown(Math.Min(1, seconds / (expected + 1)))));
    }
}
