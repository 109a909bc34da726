using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>Writes metrics in Prometheus' text format 0.0.4. Threads: one a scrape.</summary>
public sealed class MetricText
{
    /// <summary>The format's media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new(16_384);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private string _name = string.Empty;

    /// <summary>The metrics of all sources, UTF-8.</summary>
    public static byte[] Scrape(IReadOnlyList<IMetricSource> sources)
    {
        var text = new MetricText();
        foreach (var source in sources)
        {
            source.Write(text);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Begins a metric; its samples follow.</summary>
    /// <param name="kind">What its numbers mean.</param>
    /// <param name="name">For instance <c>quoter_book_updates_total</c>.</param>
    /// <param name="help">One sentence, with the unit where the name does not say it.</param>
    /// <exception cref="InvalidOperationException">
    /// The name was begun before: the format wants its samples together.
    /// </exception>
    public MetricText Begin(MetricKind kind, string name, string help)
    {
        if (!_names.Add(name))
        {
            throw new InvalidOperationException($"metric {name} is written by two sources");
        }

        _name = name;
        _text.Append("# HELP ").Append(name).Append(' ');
        AppendEscaped(help, quotes: false);
        _text.Append("\n# TYPE ").Append(name).Append(kind == MetricKind.Counter ? " counter\n" : " gauge\n");
        return this;
    }

    /// <summary>Writes a sample of the metric begun last.</summary>
    public MetricText Sample(long value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        AppendSeries(labels);
        _text.Append(CultureInfo.InvariantCulture, $"{value}\n");
        return this;
    }

    /// <summary>Writes a sample of the metric begun last.</summary>
    public MetricText Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        AppendSeries(labels);
        var text = value switch
        {
            double.PositiveInfinity => "+Inf",
            double.NegativeInfinity => "-Inf",
            _ => value.ToString("R", CultureInfo.InvariantCulture),
        };
        _text.Append(text).Append('\n');
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private void AppendSeries(ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(_name);
        for (var index = 0; index < labels.Length; index++)
        {
            _text.Append(index == 0 ? '{' : ',').Append(labels[index].Name).Append("=\"");
            AppendEscaped(labels[index].Value, quotes: true);
            _text.Append('"');
        }

        _text.Append(labels.Length == 0 ? " " : "} ");
    }

    private void AppendEscaped(string text, bool quotes)
    {
        foreach (var character in text)
        {
            _ = character switch
            {
                '\\' => _text.Append(@"\\"),
                '\n' => _text.Append(@"\n"),
                '"' when quotes => _text.Append("\\\""),
                _ => _text.Append(character),
            };
        }
    }
}
