using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Compare;

/// <summary>The middle of a few figures.</summary>
internal static class Medians
{
    /// <summary>The median; of an even count the mean of the two in the middle.</summary>
    public static double Of(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("there is no median of nothing", nameof(values));
        }

        double[] sorted = [.. values];
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
