using System;
using System.Collections.Generic;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Machine;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>A latency measurement with everything one must know to believe it.</summary>
internal sealed record LatencyReport
{
    /// <summary>Name of the measurement, as on the command line: <c>tick-to-quote</c>.</summary>
    public required string Name { get; init; }

    /// <summary>From what to what, in one sentence.</summary>
    public required string Meaning { get; init; }

    /// <summary>The machine.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>How it was set up, by name, in the order to be shown.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Conditions { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>The stages and what each is, in order; the last is the sum.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Stages { get; init; }

    /// <summary>One for each offered rate.</summary>
    public required IReadOnlyList<RateReport> Rates { get; init; }

    /// <summary>How much was too much; null where nobody searched for it.</summary>
    public Saturation? Saturation { get; init; }

    /// <summary>Messages a second when none waits to be due, one figure a window; empty where not asked for.</summary>
    public required IReadOnlyList<double> UnpacedPerSecond { get; init; }

    /// <summary>What the machine did to threads that only spin, before and after.</summary>
    public required IReadOnlyList<StallReport> Stalls { get; init; }

    /// <summary>Messages lost, over all windows.</summary>
    public long Lost
    {
        get
        {
            var lost = 0L;
            foreach (var rate in Rates)
            {
                lost += rate.Lost;
            }

            return lost;
        }
    }

    /// <summary>Unpaced throughput, the median of its windows; 0 where it was not measured.</summary>
    public double UnpacedMedian => UnpacedPerSecond.Count == 0 ? 0 : Medians.Of(UnpacedPerSecond);
}
