using System;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>Turns the steps of a plan into the share that is done.</summary>
/// <param name="steps">How many there are, at least 1; more than these do no harm.</param>
/// <param name="progress">Where it is shown.</param>
internal sealed class StepCount(int steps, StepProgress progress)
{
    private int _done;

    /// <summary>True when somebody looks; then saying how far a step is costs a little.</summary>
    public bool IsShown => progress.IsShown;

    /// <summary>A step is done.</summary>
    public void Done(string what)
    {
        _done++;
        Within(0, what);
    }

    /// <summary>So much of the next step is done, 0 to 1.</summary>
    public void Within(double share, string what) => progress.Show((_done + Math.Clamp(share, 0, 1)) / steps, what);
}
