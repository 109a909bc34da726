using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Threading;

namespace LowLatencyQuoter.Server.Metrics;

/// <summary>
/// Connections of the web server, from its own meter. Threads: any; the meter calls when a connection comes or goes.
/// </summary>
public sealed class KestrelMetrics : IMetricSource, IDisposable
{
    private const string Meter = "Microsoft.AspNetCore.Server.Kestrel";
    private readonly MeterListener _listener = new();
    private readonly object? _scope;
    private long _active;
    private long _rejected;

    /// <summary>Listens to the meter of one application.</summary>
    /// <param name="scope">The application's meter factory; null: every application of the process.</param>
    public KestrelMetrics(object? scope)
    {
        _scope = scope;
        _listener.InstrumentPublished = Choose;
        _listener.SetMeasurementEventCallback<long>(Take);
        _listener.Start();
    }

    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        text.Begin(MetricKind.Gauge, "quoter_kestrel_active_connections", "Connections of clients that are open.")
            .Sample(Volatile.Read(ref _active));
        text.Begin(MetricKind.Counter, "quoter_kestrel_rejected_connections_total", "Connections turned away.")
            .Sample(Volatile.Read(ref _rejected));
    }

    /// <summary>Listens no more.</summary>
    public void Dispose() => _listener.Dispose();

    private void Choose(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == Meter
            && (_scope is null || ReferenceEquals(instrument.Meter.Scope, _scope))
            && instrument.Name is "kestrel.active_connections" or "kestrel.rejected_connections")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private void Take(
        Instrument instrument, long change, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        Interlocked.Add(ref instrument.Name == "kestrel.active_connections" ? ref _active : ref _rejected, change);
}
