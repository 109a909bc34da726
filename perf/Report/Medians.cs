using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>The middle of figures, and other places in their order.</summary>
internal static class Medians
{
    /// <summary>The median; of an even count the mean of the two in the middle.</summary>
    public static double Of(IReadOnlyCollection<double> values)
    {
        var sorted = Sorted(values);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The least value at or below which so many percent of all lie.</summary>
    public static double Percentile(IReadOnlyCollection<double> values, double percent)
    {
        var sorted = Sorted(values);
        return sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * sorted.Length) - 1, 0, sorted.Length - 1)];
    }

    private static double[] Sorted(IReadOnlyCollection<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("there is no median of nothing", nameof(values));
        }

        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted;
    }
}
