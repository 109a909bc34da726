using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Histograms;

/// <summary>One point of a percentile curve.</summary>
/// <param name="Value">The upper end of the bucket in which the percentile is reached.</param>
/// <param name="Percentile">0 to 100; the last step is 100.</param>
/// <param name="CountTo">Count of values up to <paramref name="Value"/>.</param>
public readonly record struct PercentileStep(long Value, double Percentile, long CountTo)
{
    /// <summary>
    /// The curve of a histogram: so many steps to the half of what is left, again and again, so that the tail gets as
    /// many points as the body. Several percentiles may lie in one bucket. Empty when nothing was recorded.
    /// </summary>
    /// <param name="histogram">What was recorded; it must not change meanwhile.</param>
    /// <param name="ticksPerHalfDistance">Steps per half, 5 by custom, 1 to 1,000.</param>
    public static IEnumerable<PercentileStep> Of(Histogram histogram, int ticksPerHalfDistance = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ticksPerHalfDistance, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ticksPerHalfDistance, 1_000);
        return Steps(histogram, ticksPerHalfDistance);
    }

    private static IEnumerable<PercentileStep> Steps(Histogram histogram, int ticksPerHalfDistance)
    {
        var total = histogram.TotalCount;
        var passed = 0L;
        var level = 0.0;
        for (var index = 0; index < histogram.Counts.Length && passed < total; index++)
        {
            var count = histogram.Counts[index];
            if (count == 0)
            {
                continue;
            }

            passed += count;
            while (100.0 * passed / total >= level)
            {
                yield return new PercentileStep(histogram.Layout.HighestAt(index), level, passed);
                if (passed == total)
                {
                    break;   // only the full 100 is left
                }

                var halvings = (long)(Math.Log(100.0 / (100.0 - level)) / Math.Log(2)) + 1;
                level += 100.0 / (ticksPerHalfDistance * (long)Math.Pow(2, halvings));
            }

            if (passed == total)
            {
                yield return new PercentileStep(histogram.Layout.HighestAt(index), 100.0, total);
            }
        }
    }
}
