using System;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Metrics;

/// <summary>Buckets cover every value once and are as narrow as promised.</summary>
[TestFixture]
internal sealed class HistogramLayoutTests
{
    [TestCase(1, 3_600_000_000_000, 3, 32, 2048, 33_792, 4_398_046_511_103)]
    [TestCase(1, 2, 1, 1, 32, 32, 31)]
    [TestCase(1, 100_000, 2, 10, 256, 1_408, 131_071)]
    [TestCase(1_000, 1_000_000, 1, 7, 32, 128, 1_048_575)]
    [TestCase(1, long.MaxValue, 5, 46, 262_144, 6_160_384, long.MaxValue)]
    public void SizesFollowFromRangeAndDigits(
        long lowest, long highest, int digits, int buckets, int subBuckets, int counts, long ceiling)
    {
        var layout = new HistogramLayout(lowest, highest, digits);

        Assert.That(
            (layout.BucketCount, layout.SubBucketCount, layout.CountsLength, layout.Ceiling),
            Is.EqualTo((buckets, subBuckets, counts, ceiling)));
    }

    [TestCase(1, 1_000_000, 1)]
    [TestCase(1, 1_000_000_000, 3)]
    [TestCase(300, 10_000_000, 2)]
    [TestCase(1, long.MaxValue, 2)]
    public void BucketsFollowOneAnotherWithoutGapOrOverlap(long lowest, long highest, int digits)
    {
        var layout = new HistogramLayout(lowest, highest, digits);
        var next = 0L;
        for (var index = 0; index < layout.CountsLength; index++)
        {
            var low = layout.LowestAt(index);
            var high = layout.HighestAt(index);

            Assert.That(low, Is.EqualTo(next));
            Assert.That(layout.IndexOf(low), Is.EqualTo(index));
            Assert.That(layout.IndexOf(high), Is.EqualTo(index));
            Assert.That(layout.MedianAt(index), Is.InRange(low, high));
            next = unchecked(high + 1);
        }

        Assert.That(unchecked(next - 1), Is.EqualTo(layout.Ceiling));
        Assert.That(layout.Ceiling, Is.GreaterThanOrEqualTo(highest));
    }

    [Test]
    public void ABucketIsNeverWiderThanTheDigitsAllow()
    {
        var random = Seeded.Random();
        for (var digits = 1; digits <= 5; digits++)
        {
            var layout = new HistogramLayout(1, long.MaxValue, digits);
            for (var run = 0; run < 20_000; run++)
            {
                var value = random.NextInt64() >> random.Next(63);
                var width = layout.WidthAt(layout.IndexOf(value));

                Assert.That(width == 1 || width * Math.Pow(10, digits) <= value, Is.True, $"{value}, {digits} digits");
            }
        }
    }

    [TestCase(0, 10, 3)]
    [TestCase(-1, 10, 3)]
    [TestCase(10, 19, 3)]
    [TestCase(1, 10, 0)]
    [TestCase(1, 10, 6)]
    [TestCase(1L << 61, long.MaxValue, 1)]
    [TestCase(long.MaxValue, long.MaxValue, 1)]
    public void ParametersOutOfRangeAreRefused(long lowest, long highest, int digits) =>
        Assert.That(
            () => new HistogramLayout(lowest, highest, digits), Throws.InstanceOf<ArgumentOutOfRangeException>());
}
