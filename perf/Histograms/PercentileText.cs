using System;
using System.Globalization;
using System.IO;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Histograms;

/// <summary>The <c>.hgrm</c> text that percentile plotters open, to the letter as HdrHistogram prints it.</summary>
public static class PercentileText
{
    /// <summary>Writes the table and its footer; lines end in a line feed whatever the writer's custom.</summary>
    /// <param name="histogram">What was recorded.</param>
    /// <param name="output">Where to.</param>
    /// <param name="unit">Values are divided by it: 1,000 shows nanoseconds as microseconds.</param>
    /// <param name="ticksPerHalfDistance">Steps per half of what is left, see <see cref="PercentileStep.Of"/>.</param>
    public static void Write(Histogram histogram, TextWriter output, double unit = 1.0, int ticksPerHalfDistance = 5)
    {
        if (!(unit > 0) || !double.IsFinite(unit))
        {
            throw new ArgumentOutOfRangeException(
                nameof(unit), unit, "values are divided by the unit: take one above 0");
        }

        string Number(double value) => FixedText.Format(value, histogram.Layout.SignificantDigits).PadLeft(12);

        output.Write($"{"Value",12} {"Percentile",14} {"TotalCount",10} {"1/(1-Percentile)",14}\n\n");
        foreach (var step in PercentileStep.Of(histogram, ticksPerHalfDistance))
        {
            var share = step.Percentile / 100.0;
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Number(step.Value / unit)} {FixedText.Format(share, 12)} {step.CountTo,10}"));
            output.Write(step.Percentile is 100.0 ? "\n" : $" {FixedText.Format(1 / (1.0 - share), 2),14}\n");
        }

        output.Write($"#[Mean    = {Number(histogram.Mean / unit)}, ");
        output.Write($"StdDeviation   = {Number(histogram.StandardDeviation / unit)}]\n");
        output.Write($"#[Max     = {Number(histogram.Max / unit)}, Total count    = {histogram.TotalCount,12}]\n");
        output.Write($"#[Buckets = {histogram.Layout.BucketCount,12}, ");
        output.Write($"SubBuckets     = {histogram.Layout.SubBucketCount,12}]\n");
    }
}
