using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Threading;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>
/// The metrics of <c>/metrics</c> as instruments of <see cref="Meter"/> <c>LowLatencyQuoter</c>, for whatever listens
/// to meters: exporters, dotnet-counters, a MeterListener. The names are the same, the labels are tags, and a histogram
/// is its buckets, sum and count. All instruments are observable: they cost nothing until somebody asks, and are then
/// read from one look at the sources. Threads: any.
/// </summary>
public sealed class QuoterMeter : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "LowLatencyQuoter";

    /// <summary>So long one look serves: a listener asks for one instrument after the other.</summary>
    private const long LookMillis = 100;

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<IMetricSource> _sources;
    private readonly Meter _meter = new(Name);
    private Dictionary<string, List<Measurement<double>>> _measured = new(StringComparer.Ordinal);
    private long _lookedMillis = long.MinValue / 2;

    /// <summary>Makes an instrument for each metric that the sources write at this moment.</summary>
    public QuoterMeter(IReadOnlyList<IMetricSource> sources)
    {
        _sources = sources;
        foreach (var family in MetricText.Read(sources).Families)
        {
            if (family.Kind == MetricKind.Histogram)
            {
                Count(family.Name + "_bucket", family.Help);
                Count(family.Name + "_sum", family.Help);
                Count(family.Name + "_count", family.Help);
            }
            else if (family.Kind == MetricKind.Counter)
            {
                Count(family.Name, family.Help);
            }
            else
            {
                _meter.CreateObservableGauge(family.Name, () => Measure(family.Name), null, family.Help);
            }
        }
    }

    /// <summary>Ends the instruments.</summary>
    public void Dispose() => _meter.Dispose();

    private void Count(string name, string help) =>
        _meter.CreateObservableCounter(name, () => Measure(name), null, help);

    private List<Measurement<double>> Measure(string name)
    {
        lock (_gate)
        {
            if (Environment.TickCount64 - _lookedMillis > LookMillis)
            {
                Look();
                _lookedMillis = Environment.TickCount64;
            }

            return _measured.TryGetValue(name, out var measurements) ? measurements : [];
        }
    }

    private void Look()
    {
        var measured = new Dictionary<string, List<Measurement<double>>>(StringComparer.Ordinal);
        foreach (var family in MetricText.Read(_sources).Families)
        {
            foreach (var sample in family.Samples)
            {
                if (!measured.TryGetValue(sample.Name, out var measurements))
                {
                    measured.Add(sample.Name, measurements = []);
                }

                var tags = new KeyValuePair<string, object?>[sample.Labels.Count];
                for (var index = 0; index < tags.Length; index++)
                {
                    tags[index] = new(sample.Labels[index].Key, sample.Labels[index].Value);
                }

                measurements.Add(new Measurement<double>(sample.Value, tags));
            }
        }

        _measured = measured;
    }
}
