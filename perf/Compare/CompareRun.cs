using System;
using System.Collections.Generic;
using System.Diagnostics;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>Runs comparisons: checks that both sides agree, warms both up, then takes their rounds in turns.</summary>
internal sealed class CompareRun(Effort effort, StepProgress progress)
{
    private const int StepsBeside = 2;   // check and warm-up before the rounds

    /// <summary>Runs the cases in order.</summary>
    public IReadOnlyList<ComparedCase> Run(IReadOnlyList<ComparisonCase> cases)
    {
        var steps = new StepCount(cases.Count * (effort.Rounds + StepsBeside), progress);
        var results = new List<ComparedCase>(cases.Count);
        foreach (var item in cases)
        {
            results.Add(Run(item, steps));
        }

        return results;
    }

    private ComparedCase Run(ComparisonCase item, StepCount steps)
    {
        using var comparison = item.Make();
        comparison.Check();
        steps.Done(item.Name);
        WarmUp(comparison);
        steps.Done(item.Name);

        var ours = new SideFigures();
        var baseline = new SideFigures();
        for (var round = 0; round < effort.Rounds; round++)
        {
            ours.Add(comparison.MeasureOurs(effort.RoundSeconds));
            baseline.Add(comparison.MeasureBaseline(effort.RoundSeconds));
            steps.Done(item.Name);
        }

        return new ComparedCase(item, ours, baseline, comparison.MeasureAllocation());
    }

    private void WarmUp(Comparison comparison)
    {
        var started = Stopwatch.GetTimestamp();
        do
        {
            comparison.MeasureOurs(effort.RoundSeconds);
            comparison.MeasureBaseline(effort.RoundSeconds);
        }
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(effort.WarmUpSeconds));
    }
}
