using System;
using System.Globalization;
using System.IO;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Histograms;

/// <summary>
/// Writes the <c>.hlog</c> text, version 1.3 with V2 payloads, that HdrHistogram's tools read: one line per interval
/// after a few header lines. Times are seconds; absolute since 1970, or since the base time where one is written.
/// Threads: one at a time.
/// </summary>
public sealed class HistogramLogWriter
{
    private readonly TextWriter _output;
    private readonly double _maxUnit;

    /// <summary>Begins with nothing; <see cref="WriteHeader"/> comes first.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="maxUnit">
    /// The printed maximum is divided by it: 1,000,000 (the custom) shows nanoseconds as milliseconds.
    /// </param>
    public HistogramLogWriter(TextWriter output, double maxUnit = 1_000_000)
    {
        if (!(maxUnit > 0) || !double.IsFinite(maxUnit))
        {
            throw new ArgumentOutOfRangeException(
                nameof(maxUnit), maxUnit, "the maximum is divided by the unit: take one above 0");
        }

        _output = output;
        _maxUnit = maxUnit;
    }

    /// <summary>Writes version, start time and legend.</summary>
    /// <param name="start">When the log begins.</param>
    /// <param name="relative">True where intervals' times count from <paramref name="start"/>.</param>
    public void WriteHeader(DateTimeOffset start, bool relative = false)
    {
        var seconds = FixedText.Format(start.ToUnixTimeMilliseconds() / 1000.0, 3);
        var date = start.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
        WriteComment("[Histogram log format version 1.3]");
        if (relative)
        {
            WriteComment($"[BaseTime: {seconds} (seconds since epoch)]");
        }

        WriteComment($"[StartTime: {seconds} (seconds since epoch), {date}]");
        _output.Write("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n");
    }

    /// <summary>Writes a line that readers skip.</summary>
    /// <exception cref="ArgumentException">The comment holds a line break.</exception>
    public void WriteComment(string comment)
    {
        if (comment.AsSpan().IndexOfAny('\r', '\n') >= 0)
        {
            throw new ArgumentException("a comment is one line: take the line breaks out", nameof(comment));
        }

        _output.Write($"#{comment}\n");
    }

    /// <summary>Writes one interval.</summary>
    /// <param name="histogram">What was recorded in it.</param>
    /// <param name="startSeconds">Its start.</param>
    /// <param name="lengthSeconds">How long it was.</param>
    /// <param name="tag">Which of several histograms it is, for instance a stage's name; null for the only one.</param>
    /// <exception cref="ArgumentException">The tag is empty or holds a comma, a space or a line break.</exception>
    public void Write(Histogram histogram, double startSeconds, double lengthSeconds, string? tag = null)
    {
        if (tag is "" || tag.AsSpan().IndexOfAny(", \r\n") >= 0)
        {
            throw new ArgumentException(
                $"the tag '{tag}' must not be empty nor hold commas, spaces or line breaks", nameof(tag));
        }

        var prefix = tag is null ? string.Empty : $"Tag={tag},";
        var max = FixedText.Format(histogram.Max / _maxUnit, 3);
        var payload = Convert.ToBase64String(HistogramEncoding.EncodeCompressed(histogram));
        _output.Write(
            $"{prefix}{FixedText.Format(startSeconds, 3)},{FixedText.Format(lengthSeconds, 3)},{max},{payload}\n");
    }
}
