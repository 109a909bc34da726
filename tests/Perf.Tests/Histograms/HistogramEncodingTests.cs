using System;
using System.IO;
using System.Linq;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Histograms;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Perf.Tests.Histograms;

/// <summary>The encoding on its own: what was written comes back, and damage is named.</summary>
[TestFixture]
internal sealed class HistogramEncodingTests
{
    [Test]
    public void BothFormsComeBackWhole()
    {
        var random = Seeded.Random();
        for (var run = 0; run < 50; run++)
        {
            var layout = new HistogramLayout(
                1 + random.Next(5_000), 20_000 + random.NextInt64(1L << 40), random.Next(1, 5));
            var histogram = Samples.Recorded(layout, Samples.Latencies(random, random.Next(500), layout.Ceiling));
            histogram.RecordCount(layout.Ceiling, long.MaxValue / 2);   // a count of the full nine bytes

            foreach (var bytes in BothForms(histogram))
            {
                var decoded = HistogramEncoding.Decode(bytes);

                Assert.That(decoded.Layout, Is.EqualTo(layout));
                Assert.That(decoded.Counts.SequenceEqual(histogram.Counts), Is.True);
            }
        }
    }

    [Test]
    public void ACutOffHistogramIsRefusedAtEveryByte()
    {
        var histogram = Samples.Recorded(new HistogramLayout(1, 1_000_000, 2), [1, 70, 70, 900, 123_456]);
        foreach (var bytes in BothForms(histogram))
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                Assert.That(
                    () => HistogramEncoding.Decode(bytes.AsSpan(0, length)), Throws.TypeOf<InvalidDataException>());
            }
        }
    }

    [Test]
    public void DamagedBytesAreReadOrRefusedNeverWorse()
    {
        var random = Seeded.Random();
        var histogram = Samples.Recorded(
            new HistogramLayout(1, 1_000_000, 2), Samples.Latencies(random, 200, 1_000_000));
        var plain = HistogramEncoding.Encode(histogram);
        for (var run = 0; run < 3_000; run++)
        {
            var damaged = plain.ToArray();
            damaged[random.Next(40, damaged.Length)] = (byte)random.Next(256);
            damaged[random.Next(16)] ^= (byte)(random.Next(8) == 0 ? 1 << random.Next(8) : 0);
            try
            {
                Assert.That(HistogramEncoding.Decode(damaged).Layout.CountsLength, Is.GreaterThan(0));
            }
            catch (InvalidDataException refused)
            {
                Assert.That(refused.Message, Is.Not.Empty);
            }
        }
    }

    [TestCase(0, "no histogram in the V2 encoding")]
    [TestCase(11, "shifted or scaled")]
    [TestCase(15, "out of range")]
    [TestCase(32, "shifted or scaled")]
    public void AForeignHeaderIsNamed(int at, string said)
    {
        var bytes = HistogramEncoding.Encode(Samples.Recorded(new HistogramLayout(1, 1_000, 2), [5]));
        bytes[at] = 0x77;

        Assert.That(
            () => HistogramEncoding.Decode(bytes), Throws.TypeOf<InvalidDataException>().With.Message.Contains(said));
    }

    [Test]
    public void CountsBeyondTheBucketsAreRefused()
    {
        var bytes = HistogramEncoding.Encode(Samples.Recorded(new HistogramLayout(1, 2, 1), [1, 30]));
        bytes[12 + 3] = 1;
        var last = bytes.ToArray();
        last[40] = 0x7f;   // -64: a run of empty counters, longer than there are counters

        Assert.That(HistogramEncoding.Decode(bytes).TotalCount, Is.EqualTo(2));
        Assert.That(
            () => HistogramEncoding.Decode(last),
            Throws.TypeOf<InvalidDataException>().With.Message.Contains("beyond"));
    }

    private static byte[][] BothForms(Histogram histogram) =>
        [HistogramEncoding.Encode(histogram), HistogramEncoding.EncodeCompressed(histogram)];
}
