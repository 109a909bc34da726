using System;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>Shows how many of the benchmarks are done; drawn between them, never while one runs.</summary>
/// <param name="count">How many there are.</param>
/// <param name="progress">Where it is shown.</param>
internal sealed class MicroProgress(int count, StepProgress progress) : EventProcessor
{
    private readonly StepCount _steps = new(Math.Max(count, 1), progress);
    private int _begun;

    /// <inheritdoc/>
    public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase)
    {
        if (_steps.IsShown)
        {
            _steps.Within(0, FormattableString.Invariant($"{++_begun} of {count}: {benchmarkCase.DisplayInfo}"));
        }
    }

    /// <inheritdoc/>
    public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report) =>
        _steps.Done(benchmarkCase.DisplayInfo);
}
