using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using LowLatencyQuoter.Engine.Metrics;

namespace LowLatencyQuoter.Perf.Histograms;

/// <summary>
/// Reads <c>.hlog</c> text line by line, whoever wrote it. Without a base time, interval times a year or more before
/// the start time are taken as counted from it, as HdrHistogram's own reader does. Threads: one at a time.
/// </summary>
public sealed class HistogramLogReader
{
    private const double SecondsPerYear = 365 * 24 * 3600.0;
    private const string TagMark = "Tag=";
    private readonly TextReader _input;
    private double? _baseSeconds;
    private int _line;

    /// <summary>Reads from <paramref name="input"/>, which stays open.</summary>
    public HistogramLogReader(TextReader input) => _input = input;

    /// <summary>
    /// The start time that the header or, without it, the first interval names; null before either was read.
    /// </summary>
    public double? StartSeconds { get; private set; }

    /// <summary>The intervals from here to the end, read as they are asked for.</summary>
    /// <exception cref="InvalidDataException">
    /// A line is neither header nor interval; its number and what is wrong.
    /// </exception>
    public IEnumerable<HistogramLogInterval> ReadToEnd()
    {
        while (_input.ReadLine() is { } line)
        {
            _line++;
            if (line.StartsWith('#'))
            {
                ReadComment(line);
            }
            else if (line.Length > 0 && !line.StartsWith("\"StartTimestamp\"", StringComparison.Ordinal))
            {
                yield return ReadInterval(line);
            }
        }
    }

    private void ReadComment(string line)
    {
        if (SecondsAfter(line, "#[StartTime: ") is { } start)
        {
            StartSeconds = start;
        }
        else if (SecondsAfter(line, "#[BaseTime: ") is { } origin)
        {
            _baseSeconds = origin;
        }
    }

    private double? SecondsAfter(string line, string mark)
    {
        if (!line.StartsWith(mark, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = line.AsSpan(mark.Length);
        var end = rest.IndexOf(' ');
        return Number(end < 0 ? rest : rest[..end], "time");
    }

    private HistogramLogInterval ReadInterval(string line)
    {
        var parts = line.Split(',');
        var tagged = parts[0].StartsWith(TagMark, StringComparison.Ordinal);
        var fields = parts.AsSpan(tagged ? 1 : 0);
        if (fields.Length != 4)
        {
            throw Wrong($"an interval has a start, a length, a maximum and a histogram, not {fields.Length} fields");
        }

        var start = Number(fields[0], "start");
        StartSeconds ??= start;
        _baseSeconds ??= start < StartSeconds - SecondsPerYear ? StartSeconds : 0.0;
        return new HistogramLogInterval(
            tagged ? parts[0][TagMark.Length..] : null,
            start + _baseSeconds.Value,
            Number(fields[1], "length"),
            Number(fields[2], "maximum"),
            Payload(fields[3]));
    }

    private Histogram Payload(string text)
    {
        try
        {
            return HistogramEncoding.Decode(Convert.FromBase64String(text));
        }
        catch (Exception exception) when (exception is FormatException or InvalidDataException)
        {
            throw Wrong(exception.Message, exception);
        }
    }

    private double Number(ReadOnlySpan<char> text, string what) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Wrong($"the {what} '{text}' is no number");

    private InvalidDataException Wrong(string what, Exception? cause = null) =>
        new($"histogram log, line {_line}: {what}", cause);
}
