using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>
/// Takes metrics from their sources and spells them in Prometheus' text format 0.0.4. Threads: one a scrape.
/// </summary>
public sealed class MetricText
{
    /// <summary>The format's media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly List<MetricFamily> _families = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>What was written, in order.</summary>
    public IReadOnlyList<MetricFamily> Families => _families;

    /// <summary>What all sources write.</summary>
    public static MetricText Read(IReadOnlyList<IMetricSource> sources)
    {
        var text = new MetricText();
        foreach (var source in sources)
        {
            source.Write(text);
        }

        return text;
    }

    /// <summary>The metrics of all sources, UTF-8.</summary>
    public static byte[] Scrape(IReadOnlyList<IMetricSource> sources) =>
        Encoding.UTF8.GetBytes(Read(sources).ToString());

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

        _families.Add(new MetricFamily(kind, name, help));
        return this;
    }

    /// <summary>Writes a sample of the metric begun last.</summary>
    public MetricText Sample(long value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        Add("", labels, value, value.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Writes a sample of the metric begun last.</summary>
    public MetricText Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        Add("", labels, value, Number(value));
        return this;
    }

    /// <summary>
    /// Writes one histogram of the metric begun last: buckets, each with all below it, sum and count.
    /// </summary>
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
            Add("_bucket", [.. labels, ("le", bound)], below, below.ToString(CultureInfo.InvariantCulture));
        }

        Add("_sum", labels, sum, Number(sum));
        Add("_count", labels, below, below.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>The text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(16_384);
        foreach (var family in _families)
        {
            text.Append("# HELP ").Append(family.Name).Append(' ');
            AppendEscaped(text, family.Help, quotes: false);
            text.Append("\n# TYPE ").Append(family.Name).Append(' ').Append(Spelled(family.Kind)).Append('\n');
            foreach (var sample in family.Samples)
            {
                AppendSeries(text, sample);
                text.Append(sample.Text).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Spelled(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private void Add(
        string suffix, ReadOnlySpan<(string Name, string Value)> labels, double value, string text)
    {
        var pairs = new KeyValuePair<string, string>[labels.Length];
        for (var index = 0; index < pairs.Length; index++)
        {
            pairs[index] = new KeyValuePair<string, string>(labels[index].Name, labels[index].Value);
        }

        var family = _families[^1];
        family.Samples.Add(new MetricSample(family.Name + suffix, pairs, value, text));
    }

    private static void AppendSeries(StringBuilder text, MetricSample sample)
    {
        text.Append(sample.Name);
        for (var index = 0; index < sample.Labels.Count; index++)
        {
            text.Append(index == 0 ? '{' : ',').Append(sample.Labels[index].Key).Append("=\"");
            AppendEscaped(text, sample.Labels[index].Value, quotes: true);
            text.Append('"');
        }

        text.Append(sample.Labels.Count == 0 ? " " : "} ");
    }

    private static void AppendEscaped(StringBuilder output, string text, bool quotes)
    {
        foreach (var character in text)
        {
            _ = character switch
            {
                '\\' => output.Append(@"\\"),
                '\n' => output.Append(@"\n"),
                '"' when quotes => output.Append("\\\""),
                _ => output.Append(character),
            };
        }
    }
}
