using System;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Metrics;

/// <summary>A histogram against all its values kept and sorted.</summary>
[TestFixture]
internal sealed class HistogramTests
{
    private static readonly double[] Percentiles = [0, 0.1, 1, 10, 25, 50, 75, 90, 99, 99.9, 99.99, 100];

    private static Arbitrary<long[]> Values => Gen.ArrayOf(
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        from shift in Gen.Choose(18, 61)   // small values as often as large ones, all below 2^44
        select (((long)high << 31) | (long)low) >> shift).ToArbitrary();

    [Test]
    public void PercentilesAreThoseOfTheSortedValuesToThePromisedDigits() => Seeded.Check(Prop.ForAll(Values, values =>
    {
        for (var digits = 1; digits <= 4; digits++)
        {
            var histogram = Recorded(new HistogramLayout(1, 1L << 44, digits), values);
            var sorted = values.Order().ToArray();
            Assert.That(histogram.TotalCount, Is.EqualTo(sorted.Length));
            foreach (var percentile in Percentiles)
            {
                AssertPercentile(histogram, sorted, percentile, Math.Pow(10, -digits));
            }
        }
    }));

    [Test]
    public void CountsBetweenBucketEndsAreExact() => Seeded.Check(Prop.ForAll(Values, Values, (values, bounds) =>
    {
        var layout = new HistogramLayout(1, 1L << 44, 2);
        var histogram = Recorded(layout, values);
        foreach (var (one, other) in bounds.Zip(bounds.Skip(1)))
        {
            var low = layout.LowestAt(layout.IndexOf(Math.Min(one, other)));
            var high = layout.HighestAt(layout.IndexOf(Math.Max(one, other)));

            Assert.That(
                histogram.CountBetween(low, high),
                Is.EqualTo(values.LongCount(value => value >= low && value <= high)));
        }
    }));

    [Test]
    public void MeanAndDeviationAreThoseOfTheValues() => Seeded.Check(Prop.ForAll(Values, values =>
    {
        var histogram = Recorded(new HistogramLayout(1, 1L << 44, 3), values);
        var mean = values.Length == 0 ? 0 : values.Average();
        var deviation = values.Length == 0 ? 0 : Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        var largest = values.DefaultIfEmpty().Max();

        Assert.That(histogram.Mean, Is.EqualTo(mean).Within((largest / 1_000.0) + 0.5));
        Assert.That(histogram.StandardDeviation, Is.EqualTo(deviation).Within((largest / 500.0) + 1));
    }));

    [Test]
    public void ASumIsWhatRecordingBothGives() => Seeded.Check(Prop.ForAll(Values, Values, (ones, others) =>
    {
        var layout = new HistogramLayout(1, 1L << 44, 3);
        var sum = Recorded(layout, ones);

        sum.Add(Recorded(layout, others));

        Assert.That(sum.Counts.SequenceEqual(Recorded(layout, [.. ones, .. others]).Counts), Is.True);
    }));

    [Test]
    public void SumsOfDifferentBucketsKeepDigits() => Seeded.Check(Prop.ForAll(Values, Values, (ones, others) =>
    {
        var sum = Recorded(new HistogramLayout(1, 1L << 45, 3), ones);

        sum.Add(Recorded(new HistogramLayout(1, 1L << 44, 2), others));

        var sorted = ones.Concat(others).Order().ToArray();
        Assert.That(sum.TotalCount, Is.EqualTo(sorted.Length));
        foreach (var percentile in Percentiles)
        {
            AssertPercentile(sum, sorted, percentile, 0.01);
        }
    }));

    [Test]
    public void AddingAnotherThatReachesTooHighIsRefusedWhole()
    {
        var large = Recorded(new HistogramLayout(1, 1_000_000, 3), [5, 999_999]);
        var small = Recorded(new HistogramLayout(1, 1_000, 3), [7]);

        Assert.That(() => small.Add(large), Throws.ArgumentException.With.Message.Contains("larger range"));
        Assert.That(small.TotalCount, Is.EqualTo(1));
    }

    [Test]
    public void ValuesOutOfRangeAreCountedAndKeptAtTheEnds()
    {
        var histogram = new Histogram(1_000, 3);

        histogram.Record(-1);
        histogram.Record(long.MinValue);
        histogram.RecordCount(long.MaxValue, 3);
        histogram.Record(histogram.Layout.Ceiling);

        Assert.That((histogram.BelowRangeCount, histogram.AboveRangeCount), Is.EqualTo((2, 3)));
        Assert.That((histogram.TotalCount, histogram.Min, histogram.Max), Is.EqualTo((6, 0, histogram.Layout.Ceiling)));
        Assert.That(histogram.CountBetween(long.MinValue, 0), Is.EqualTo(2));
        Assert.That(histogram.Copy().AboveRangeCount, Is.EqualTo(3));

        histogram.Reset();

        Assert.That(
            (histogram.TotalCount, histogram.BelowRangeCount, histogram.AboveRangeCount), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public void AnEmptyHistogramSaysZero()
    {
        var histogram = new Histogram(1_000, 3);

        Assert.That((histogram.Min, histogram.Max, histogram.ValueAtPercentile(99)), Is.EqualTo((0, 0, 0)));
        Assert.That((histogram.Mean, histogram.StandardDeviation), Is.EqualTo((0.0, 0.0)));
    }

    /// <summary>
    /// 99.9 times 41,000 comes out a hair above a multiple of 100: that must not take the next value.
    /// </summary>
    [Test]
    public void APercentileThatFallsOnAWholeCountTakesThatValue()
    {
        var histogram = new Histogram(1_000, 3);
        histogram.RecordCount(1, 40_959);
        histogram.RecordCount(2, 41);

        Assert.That(histogram.ValueAtPercentile(99.9), Is.EqualTo(1));
        Assert.That(histogram.ValueAtPercentile(99.91), Is.EqualTo(2));
    }

    [Test]
    public void ALayoutNobodyMadeIsRefused() => Assert.That(() => new Histogram(default), Throws.ArgumentException);

    [Test]
    public void AStallStandsForTheValuesItOmitted()
    {
        var histogram = new Histogram(1_000_000, 3);

        histogram.RecordCorrected(1_000, 100);
        histogram.RecordCorrected(199, 100);

        Assert.That(histogram.TotalCount, Is.EqualTo(11));
        for (var value = 100; value <= 1_000; value += 100)
        {
            Assert.That(histogram.CountBetween(value, value), Is.EqualTo(1), $"{value}");
        }
    }

    [Test]
    public void CorrectionIsTheRuleAppliedValueByValue() => Seeded.Check(Prop.ForAll(
        Gen.Choose(-2_000, 400_000).ToArbitrary(),
        Gen.Choose(-1, 140_000).ToArbitrary(),
        (value, interval) =>
        {
            interval = interval > 500 ? interval : Math.Min(interval, 40);   // both many omissions and few
            var layout = new HistogramLayout(1, 100_000, 2);
            var corrected = new Histogram(layout);
            var expected = Recorded(layout, [value]);
            for (var missing = value - interval; interval > 0 && missing >= interval; missing -= interval)
            {
                expected.Record(missing);
            }

            corrected.RecordCorrected(value, interval);

            Assert.That(corrected.Counts.SequenceEqual(expected.Counts), Is.True, $"{value} every {interval}");
            Assert.That(corrected.AboveRangeCount, Is.EqualTo(expected.AboveRangeCount));
            Assert.That(corrected.BelowRangeCount, Is.EqualTo(expected.BelowRangeCount));
        }));

    [Test]
    [CancelAfter(5_000)]
    public void AnHourAtOneNanosecondIsCorrectedByBuckets()
    {
        const long hour = 3_600_000_000_000;
        var histogram = new Histogram(hour, 3);

        histogram.RecordCorrected(hour, 1);

        Assert.That(histogram.TotalCount, Is.EqualTo(hour));
        Assert.That(histogram.ValueAtPercentile(50), Is.EqualTo(hour / 2).Within(hour / 1_000));
    }

    [TestCase(long.MinValue, 1)]
    [TestCase(long.MaxValue, long.MaxValue)]
    [TestCase(long.MaxValue, 1)]
    public void CorrectionOfExtremesNeverOverflows(long value, long interval)
    {
        var histogram = new Histogram(long.MaxValue, 2);

        histogram.RecordCorrected(value, interval);

        Assert.That(histogram.TotalCount, Is.EqualTo(interval == 1 && value > 0 ? long.MaxValue : 1));
    }

    [Test]
    [Category(Categories.Allocation)]
    public void RecordingAndAskingAllocateNothing()
    {
        var histogram = new Histogram(1_000_000, 3);
        var other = Recorded(histogram.Layout, [1, 20, 300]);
        var seen = Use(histogram, other);

        using (NoAllocation.Begin())
        {
            seen += Use(histogram, other);
        }

        Assert.That(seen, Is.GreaterThan(0));
    }

    private static double Use(Histogram histogram, Histogram other)
    {
        histogram.Reset();
        for (var value = -10; value < 2_000; value++)
        {
            histogram.Record(value * 1_000L);
            histogram.RecordCount(value, 2);
            histogram.RecordCorrected(value, 100);
        }

        histogram.Add(other);
        return histogram.TotalCount + histogram.ValueAtPercentile(99.9) + histogram.Mean + histogram.StandardDeviation
            + histogram.Min + histogram.Max + histogram.CountBetween(1, 500);
    }

    private static void AssertPercentile(Histogram histogram, long[] sorted, double percentile, double share)
    {
        var at = (int)Math.Max(Math.Ceiling(Math.BitDecrement(percentile) * sorted.Length / 100.0), 1) - 1;
        var exact = sorted.Length == 0 ? 0 : sorted[at];

        Assert.That(
            (double)histogram.ValueAtPercentile(percentile),
            Is.EqualTo((double)exact).Within(exact * share),
            $"percentile {percentile} of {sorted.Length} values");
    }

    private static Histogram Recorded(in HistogramLayout layout, long[] values)
    {
        var histogram = new Histogram(layout);
        foreach (var value in values)
        {
            histogram.Record(value);
        }

        return histogram;
    }
}
