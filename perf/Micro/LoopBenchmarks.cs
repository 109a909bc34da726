using System;
using BenchmarkDotNet.Attributes;
using LowLatencyQuoter.Perf.Compare;

namespace LowLatencyQuoter.Perf.Micro;

/// <summary>
/// Both sides of the comparisons on one thread, as benchmarks. One operation is that of the comparison: a frame, a
/// change of each side, a merge.
/// </summary>
public abstract class LoopBenchmarks
{
    /// <summary>Operations in one invocation.</summary>
    protected const int Operations = 1_000;

    private LoopComparison? _comparison;

    /// <summary>Which comparison.</summary>
    protected abstract string Chosen { get; }

    /// <summary>Makes both sides and checks that they agree.</summary>
    [GlobalSetup]
    public void Setup()
    {
        foreach (var item in ComparisonCatalog.Choose([Chosen]))
        {
            if (item.Name == Chosen)
            {
                _comparison = item.Make() as LoopComparison
                    ?? throw new InvalidOperationException($"{Chosen} is not a comparison on one thread");
            }
        }

        _comparison!.Check();
    }

    /// <summary>Gives back what they hold.</summary>
    [GlobalCleanup]
    public void Cleanup() => _comparison!.Dispose();

    /// <summary>Ours.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public void Ours() => _comparison!.Ours(Operations);

    /// <summary>The baseline.</summary>
    [Benchmark(OperationsPerInvoke = Operations, Baseline = true)]
    public void Otherwise() => _comparison!.Baseline(Operations);
}
