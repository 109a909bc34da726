using System;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Histograms;

namespace LowLatencyQuoter.Perf.Tests.Histograms;

/// <summary>
/// What a histogram says, as the probe prints it: figures, percentiles and the plain encoding in one line.
/// </summary>
internal static class Figures
{
    private static readonly double[] Percentiles = [0, 1, 25, 50, 75, 90, 99, 99.9, 99.99, 99.999, 100];

    public static string Of(Histogram histogram, string? tag, long startMillis, long endMillis) =>
        string.Join(' ', new[]
        {
            tag ?? "-",
            Text(startMillis),
            Text(endMillis),
            Text(histogram.TotalCount),
            Text(histogram.Min),
            Text(histogram.Max),
            Text(BitConverter.DoubleToInt64Bits(histogram.Mean)),
            Text(BitConverter.DoubleToInt64Bits(histogram.StandardDeviation)),
        }
        .Concat(Percentiles.Select(percentile => Text(histogram.ValueAtPercentile(percentile))))
        .Append(Convert.ToBase64String(HistogramEncoding.Encode(histogram))));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
