using System;
using LowLatencyQuoter.Perf.Report;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Report;

public sealed class MediansTests
{
    [TestCase(new[] { 3.0 }, 3)]
    [TestCase(new[] { 9.0, 1, 5 }, 5)]
    [TestCase(new[] { 4.0, 1, 2, 100 }, 3)]
    public void TheMiddleCounts(double[] values, double expected) =>
        Assert.That(Medians.Of(values), Is.EqualTo(expected));

    [TestCase(50, 2)]
    [TestCase(75, 3)]
    [TestCase(99, 4)]
    [TestCase(0, 1)]
    public void APercentileIsAValueThatWasThere(double percent, double expected) =>
        Assert.That(Medians.Percentile([4, 2, 1, 3], percent), Is.EqualTo(expected));

    [Test]
    public void NothingHasNoMedian() => Assert.That(() => Medians.Of([]), Throws.TypeOf<ArgumentException>());
}
