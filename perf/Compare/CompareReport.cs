using System.Collections.Generic;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>A run of comparisons with what one must know to believe it.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Command">The command line.</param>
/// <param name="Effort">How much time each got.</param>
/// <param name="Results">One for each case.</param>
internal sealed record CompareReport(
    MachineFacts Machine, string Command, Effort Effort, IReadOnlyList<ComparedCase> Results)
{
    /// <summary>What the machine did between the rounds of all latencies, one for each core.</summary>
    public IReadOnlyList<StallReport> Stalls
    {
        get
        {
            var sums = new List<StallReport>();
            foreach (var result in Results)
            {
                StallMeter.Add(sums, result.Stalls);
            }

            return sums;
        }
    }

    /// <summary>Our figures and the ratios, for the baseline of the machine.</summary>
    public IReadOnlyList<BaselineFigure> Figures
    {
        get
        {
            var figures = new List<BaselineFigure>();
            foreach (var result in Results)
            {
                figures.Add(new($"{result.Case.Name} ours", result.Ours.Median, result.Case.Unit));
                figures.Add(new($"{result.Case.Name} ratio", result.Ratio, "times"));
            }

            return figures;
        }
    }
}
