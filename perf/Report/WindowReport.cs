using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Jitter;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>One window of a measurement.</summary>
internal sealed record WindowReport
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>From the first message due to the last one through.</summary>
    public required double Seconds { get; init; }

    /// <summary>Messages that were due.</summary>
    public required long Messages { get; init; }

    /// <summary>Messages that did not come through.</summary>
    public required long Lost { get; init; }

    /// <summary>
    /// Messages that came through only as part of a newer one; their latency counts to that one's arrival.
    /// </summary>
    public long Conflated { get; init; }

    /// <summary>Latencies in nanoseconds, one histogram a stage.</summary>
    public required IReadOnlyList<Histogram> Stages { get; init; }

    /// <summary>Garbage collections of generations 0, 1 and 2.</summary>
    public required GcCounts Collections { get; init; }

    /// <summary>Managed bytes that each hot thread allocated.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> AllocatedBytes { get; init; }

    /// <summary>What the machine did to the hot threads in this very window, while they had nothing to do.</summary>
    public required IReadOnlyList<StallReport> Stalls { get; init; }

    /// <summary>Messages a second that came through.</summary>
    public double AchievedPerSecond => Seconds <= 0 ? 0 : (Messages - Lost) / Seconds;

    /// <summary>
    /// True when nothing is lost and at least 95 % of the offered rate came through: a path that cannot keep up ends
    /// later the longer the window is.
    /// </summary>
    public bool KeepsUpWith(double offeredPerSecond) => Lost == 0 && AchievedPerSecond >= 0.95 * offeredPerSecond;
}
