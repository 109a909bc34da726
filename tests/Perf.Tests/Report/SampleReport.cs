using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Perf.Tests.Machine;

namespace LowLatencyQuoter.Perf.Tests.Report;

/// <summary>A report as if something had been measured.</summary>
internal static class SampleReport
{
    public static LatencyReport Make(string machine = "0123456789ab", string note = "nothing", params double[] rates)
    {
        var reports = new List<RateReport>();
        foreach (var rate in rates.Length == 0 ? [1_000] : rates)
        {
            reports.Add(new RateReport(rate, [Window(1, rate), Window(3, rate), Window(2, rate)]));
        }

        return new LatencyReport
        {
            Name = "sample",
            Meaning = "here -> there",
            Machine = SampleMachine.Make(machine),
            Conditions = [new("note", note), new("wait strategy", "busy-spin")],
            Started = DateTimeOffset.UnixEpoch,
            Stages = [new("first", "here -> half way"), new("sum", "here -> there")],
            Rates = reports,
            Saturation = new Saturation(5_000, 5_400, "sum, then first"),
            UnpacedPerSecond = [3, 1, 2],
            Stalls = [Stall("before", 700, 5_000), Stall("after", 2_000_000)],
        };
    }

    /// <summary>The same rate in several phases, and no search for saturation.</summary>
    public static LatencyReport WithPhases(params string[] phases)
    {
        var report = Make();
        var window = report.Rates[0].Windows[0];
        var rates = new List<RateReport>();
        foreach (var phase in phases)
        {
            rates.Add(new RateReport(1_000, [window], phase));
        }

        return report with { Rates = rates, Saturation = null };
    }

    public static StallReport Stall(string when, params long[] gaps)
    {
        var stalls = new StallRecorder();
        foreach (var gap in gaps)
        {
            stalls.Note(0, gap);
        }

        return StallReport.Of(when, "spinner", 1, stalls);
    }

    private static WindowReport Window(int factor, double rate)
    {
        Histogram[] stages = [new(StampTable.Layout), new(StampTable.Layout)];
        for (var value = 1; value <= 1_000; value++)
        {
            stages[0].Record(value * factor);
            stages[1].Record(value * factor * 10);
        }

        return new WindowReport
        {
            Started = DateTimeOffset.UnixEpoch,
            Seconds = 1_000 / rate,
            Messages = 1_000,
            Lost = 0,
            Stages = stages,
            Collections = default,
            AllocatedBytes = [new("reader", 0), new("engine", 0)],
            Stalls = [Stall("during", 1_000)],
        };
    }
}
