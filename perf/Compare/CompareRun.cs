using System;
using System.Collections.Generic;
using System.Diagnostics;
using LowLatencyQuoter.Perf.Compare.Output;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>Runs comparisons: checks that both sides agree, warms both up, then takes their rounds in turns.</summary>
internal sealed class CompareRun(Effort effort, RoundProgress progress)
{
    private const int StepsBeside = 2;   // check and warm-up before the rounds

    /// <summary>Runs the cases in order.</summary>
    public IReadOnlyList<ComparedCase> Run(IReadOnlyList<ComparisonCase> cases)
    {
        progress.Start(cases.Count * (effort.Rounds + StepsBeside));
        var results = new List<ComparedCase>(cases.Count);
        foreach (var item in cases)
        {
            results.Add(Run(item));
        }

        progress.End();
        return results;
    }

    private ComparedCase Run(ComparisonCase item)
    {
        using var comparison = item.Make();
        comparison.Check();
        progress.Advance(item.Name);
        WarmUp(comparison);
        progress.Advance(item.Name);

        var ours = new SideFigures();
        var baseline = new SideFigures();
        for (var round = 0; round < effort.Rounds; round++)
        {
            ours.Add(comparison.MeasureOurs(effort.RoundSeconds));
            baseline.Add(comparison.MeasureBaseline(effort.RoundSeconds));
            progress.Advance(item.Name);
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
