using System;
using System.Collections.Generic;
using System.Diagnostics;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>Runs comparisons: checks that both sides agree, warms both up, then takes their rounds in turns.</summary>
internal sealed class CompareRun(Effort effort, StepProgress progress)
{
    private const int StepsBeside = 2;   // check and warm-up before the rounds

    /// <summary>Runs a case.</summary>
    public ComparedCase Run(ComparisonCase item)
    {
        var steps = new StepCount(effort.Rounds + StepsBeside, progress);
        steps.Within(0, item.Name);
        using var comparison = item.Make();
        comparison.Check();
        steps.Done(item.Name);
        WarmUp(comparison, share => steps.Within(share, item.Name));
        steps.Done(item.Name);

        var ours = new SideFigures();
        var baseline = new SideFigures();
        var stalls = new List<StallReport>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            ours.Add(comparison.MeasureOurs(effort.RoundSeconds));
            baseline.Add(comparison.MeasureBaseline(effort.RoundSeconds));
            if (item.IsLatency)
            {
                StallMeter.Add(
                    stalls,
                    StallMeter.Watch("between", Cores(), TimeSpan.FromSeconds(effort.RoundSeconds), mustPin: false));
            }

            steps.Done(item.Name);
        }

        return new ComparedCase(item, ours, baseline, comparison.MeasureAllocation()) { Stalls = stalls };
    }

    /// <summary>Where the comparisons' threads run, each core once.</summary>
    private static int[] Cores() =>
        Environment.ProcessorCount == 1 ? [0] : [CoreThread.Producer, CoreThread.Consumer];

    private void WarmUp(Comparison comparison, Action<double> shown)
    {
        var started = Stopwatch.GetTimestamp();
        do
        {
            comparison.MeasureOurs(effort.RoundSeconds);
            comparison.MeasureBaseline(effort.RoundSeconds);
            shown(Stopwatch.GetElapsedTime(started).TotalSeconds / effort.WarmUpSeconds);
        }
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(effort.WarmUpSeconds));
    }
}
