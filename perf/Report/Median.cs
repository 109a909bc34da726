using System;
using System.Collections.Generic;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>The middle one, which a single disturbed window does not move.</summary>
internal static class Median
{
    /// <summary>The median; of an even count the mean of the two in the middle; 0 of none.</summary>
    public static double Of(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        return sorted.Length == 0 ? 0
            : sorted.Length % 2 == 1 ? sorted[middle]
            : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
