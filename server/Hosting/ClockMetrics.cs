using System;
using System.Collections.Generic;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Server.Metrics;

namespace LowLatencyQuoter.Server.Hosting;

/// <summary>How the venues' clocks and the machine's differ.</summary>
internal sealed class ClockMetrics : IMetricSource
{
    private const double NanosPerSecond = 1e9;
    private readonly Func<IReadOnlyList<IVenueConnection>> _connections;

    public ClockMetrics(Func<IReadOnlyList<IVenueConnection>> connections) => _connections = connections;

    /// <inheritdoc/>
    public void Write(MetricText text)
    {
        Gauge(
            text,
            "quoter_clock_offset_seconds",
            "Our clock minus the venue's, the middle of what is possible.",
            static clock => clock.OffsetNanos);
        Gauge(
            text,
            "quoter_clock_uncertainty_seconds",
            "How far the offset may be off, either way.",
            static clock => clock.UncertaintyNanos);
        text.Begin(MetricKind.Counter, "quoter_wall_clock_jumps_total", "Jumps of the machine's wall clock.");
        text.Sample(WallClock.Machine.Jumps);
        text.Begin(
            MetricKind.Gauge,
            "quoter_wall_clock_off_seconds",
            "By how much the machine's wall clock differs from the time that is used, after a jump; else 0.");
        text.Sample(WallClock.Machine.OffNanos / NanosPerSecond);
    }

    private void Gauge(MetricText text, string name, string help, Func<ClockReading, long> nanos)
    {
        text.Begin(MetricKind.Gauge, name, help);
        foreach (var connection in _connections())
        {
            var clock = connection.Clock;
            if (clock.IsKnown)
            {
                text.Sample(nanos(clock) / NanosPerSecond, ("venue", connection.Venue));
            }
        }
    }
}
