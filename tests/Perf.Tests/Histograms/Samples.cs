using System;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Tests.Histograms;

/// <summary>Values as latencies are: many small ones, a long tail.</summary>
internal static class Samples
{
    public static long[] Latencies(Random random, int count, long most)
    {
        var values = new long[count];
        for (var index = 0; index < count; index++)
        {
            var scale = Math.Exp(random.NextDouble() * Math.Log(most));
            values[index] = random.Next(10) == 0 ? (long)scale : random.NextInt64(Math.Min(most, 2_000));
        }

        return values;
    }

    public static Histogram Recorded(in HistogramLayout layout, long[] values, long expectedInterval = 0)
    {
        var histogram = new Histogram(layout);
        foreach (var value in values)
        {
            histogram.RecordCorrected(value, expectedInterval);
        }

        return histogram;
    }
}
