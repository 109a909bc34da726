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
        _text.Append("\n# TYPE ").Append(name).Append(kind switch
        {
            MetricKind.Counter => " counter\n",
            MetricKind.Histogram => " histogram\n",
            _ => " gauge\n",
        });
        return this;
    }

    /// <summary>Writes a sample of the metric begun last.</summary>
    public MetricText Sample(long value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        AppendSeries(_name, labels);
        _text.Append(CultureInfo.InvariantCulture, $"{value}\n");
        return this;
    }

    /// <summary>Writes a sample of the metric begun last.</summary>
    public MetricText Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        AppendSeries(_name, labels);
        _text.Append(Number(value)).Append('\n');
        return this;
    }

    /// <summary>Writes one histogram of the metric begun last: buckets, each with all below it, sum and count.</summary>
    /// <param name="bounds">Upper bounds, ascending, without infinity.</param>
    /// <param name="counts">Values of each bucket alone, and of one more without a bound.</param>
    /// <param name="sum">All values added up.</param>
    /// <param name="labels">Labels of the series.</param>
    public MetricText Histogram(
        ReadOnlySpan<double> bounds,
        ReadOnlySpan<long> counts,
        double sum,
        params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var below = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            below += counts[bucket];
            var bound = Number(bucket < bounds.Length ? bounds[bucket] : double.PositiveInfinity);
            AppendSeries(_name + "_bucket", [.. labels, ("le", bound)]);
            _text.Append(CultureInfo.InvariantCulture, $"{below}\n");
        }

        AppendSeries(_name + "_sum", labels);
        _text.Append(Number(sum)).Append('\n');
        AppendSeries(_name + "_count", labels);
        _text.Append(CultureInfo.InvariantCulture, $"{below}\n");
        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private void AppendSeries(string name, ReadOnlySpan<(string Name, string Value)> labels)
    {
        _text.Append(name);
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
