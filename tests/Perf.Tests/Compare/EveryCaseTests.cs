using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Perf.Compare;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Compare;

/// <summary>
/// Each comparison once, as short as it goes: its two sides agree on their results, it measures both, and ours
/// allocates no more than the baseline file allows. Its times are not looked at.
/// </summary>
[NonParallelizable]
[Category(Categories.Allocation)]
[Category(Categories.Loopback)]
public sealed class EveryCaseTests
{
    private static readonly Effort Least = new(1, 0.002, 0.05);

    private static IEnumerable<string> Names => ComparisonCatalog.All.Select(static item => item.Name);

    [TestCaseSource(nameof(Names))]
    public void BothSidesAgreeAndOursKeepsToItsAllocations(string name)
    {
        var chosen = ComparisonCatalog.All.Single(item => item.Name == name);

        var result = new CompareRun(Least, StepProgress.Silent()).Run(chosen);

        Assert.That(result.Ours.Median, Is.Positive);
        Assert.That(result.Baseline.Median, Is.Positive);
        Assert.That(result.Ratio, Is.Positive.And.LessThan(double.PositiveInfinity));
        Assert.That(
            result.Stalls, chosen.IsLatency ? Has.Count.EqualTo(Math.Min(Environment.ProcessorCount, 2)) : Is.Empty);
        Assert.That(AllocationGate.Load(AllocationGate.Path).Violations([result]), Is.Empty);
    }
}
