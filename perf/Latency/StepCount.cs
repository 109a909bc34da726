using System;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>Turns the parts of a plan into the share that is done.</summary>
internal sealed class StepCount(LatencyPlan plan, bool unpaced, StepProgress progress)
{
    private readonly int _steps = 3 + (plan.Windows * (plan.Rates.Count + (unpaced ? 1 : 0)));
    private int _done;

    /// <summary>A part is done.</summary>
    public void Done(string what) => progress.Show((double)++_done / _steps, what);

    /// <summary>What shows how far a window of so many messages is; null where nothing is shown.</summary>
    public Action<MeasuredWindow>? Look(long messages) => progress.IsShown
        ? window => progress.Show((_done + ((double)window.Seen / messages)) / _steps, "windows")
        : null;
}
