using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Wire.Transport;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// Measures from the exchange's send on a loopback websocket to a gRPC client's receipt of the quote.
/// </summary>
internal static class WireToClient
{
    private const long NumbersMax = 99_000_000;   // eight decimals of an amount

    /// <summary>Runs it.</summary>
    public static LatencyReport Run(WireOptions options, LatencyPlan plan, StepProgress progress)
    {
        CheckNumbers(plan);
        var started = DateTimeOffset.UtcNow;
        var machine = MachineFacts.Read();
        var cores = JitterCommand.Cores(null);
        var stalls = new List<StallReport>();
        var steps = new StepCount(plan, false, progress);
        Watch("before", stalls, cores, plan);
        steps.Done("stalls before");
        var rates = new List<RateReport>();
        using (var rig = new WireRig(options))
        {
            WarmUp(rig, plan);
            steps.Done("warm-up");
            foreach (var rate in plan.Rates)
            {
                var count = plan.MessagesAt(rate);
                var stamps = new WireStamps(count);
                var windows = new List<WindowReport>();
                for (var window = 0; window < plan.Windows; window++)
                {
                    windows.Add(Measure(rig, stamps, count, rate));
                    steps.Done("windows");
                }

                rates.Add(new RateReport(rate, windows));
            }
        }

        var load = MachineFacts.LoadAverage;
        Watch("after", stalls, cores, plan);
        return new LatencyReport
        {
            Name = "wire-to-client",
            Meaning = "sent by the exchange on a loopback websocket -> quote received by a gRPC client",
            Machine = machine,
            Conditions =
            [
                new("load", Text(
                    $"open loop, total counts from when each message was due; {options.Venues} venue(s) by turns")),
                new("messages", "20-level Binance diffs; every one changes the quote"),
                new("quote", "10 rows a side, one subscriber"),
                new("process", "exchange, quoter and client share one process and its garbage collector"),
                new("threads", Text(
                    $"sender, {options.Venues} reader(s), engine, publisher, Kestrel's, client; ")
                    + TickToQuote.Name(options.Cores)),
                new("wait strategy", Text(
                    $"engine and publisher {TickToQuote.Name(options.Wait)}, readers {Name(options.Receive)}")
                    + ", sender yields"),
                new("conflated", "a message that the client has only in a newer quote counts when that quote arrives"),
                new("warm-up", Text($"{plan.WarmUpSeconds:0.#} s")),
                new("windows", plan.WindowsText),
                new("load average after", load),
            ],
            Started = started,
            Stages = WireStamps.Stages,
            Rates = rates,
            UnpacedPerSecond = [],
            Stalls = stalls,
        };
    }

    private static WindowReport Measure(WireRig rig, WireStamps stamps, int count, double rate)
    {
        stamps.Clear();
        GcCounts.Settle();
        var collections = GcCounts.Now;
        var before = rig.AllocatedBytes;
        var started = DateTimeOffset.UtcNow;
        var (window, schedule) = rig.Run(stamps, count, rate);
        collections = GcCounts.Now.Since(collections);
        var bytes = new List<KeyValuePair<string, long>>();
        var after = rig.AllocatedBytes;
        for (var index = 0; index < after.Count; index++)
        {
            bytes.Add(new(after[index].Key, after[index].Value - before[index].Value));
        }

        var last = schedule.StartNanos;
        foreach (var seen in stamps.Seen)
        {
            last = Math.Max(last, seen);
        }

        return new WindowReport
        {
            Started = started,
            Seconds = (last - schedule.StartNanos) / 1e9,
            Messages = count,
            Lost = count - window.Seen,
            Conflated = window.Conflated,
            Stages = stamps.Histograms(schedule),
            Collections = collections,
            AllocatedBytes = bytes,
            Stalls = [],
        };
    }

    private static void WarmUp(WireRig rig, LatencyPlan plan)
    {
        const int Chunk = 1_000;
        var stamps = new WireStamps(Chunk);
        var end = Environment.TickCount64 + (long)(plan.WarmUpSeconds * 1_000);
        do
        {
            rig.Run(stamps, Chunk, 10_000);
        }
        while (Environment.TickCount64 < end);
    }

    private static void Watch(string when, List<StallReport> stalls, IReadOnlyList<int> cores, LatencyPlan plan)
    {
        if (plan.JitterSeconds > 0)
        {
            stalls.AddRange(StallMeter.Watch(when, cores, TimeSpan.FromSeconds(plan.JitterSeconds)));
        }
    }

    private static void CheckNumbers(LatencyPlan plan)
    {
        var messages = plan.WarmUpSeconds * 10_000;
        foreach (var rate in plan.Rates)
        {
            messages += (double)plan.MessagesAt(rate) * plan.Windows;
        }

        if (messages > NumbersMax)
        {
            throw new PerfException(Text(
                $"{messages:#,0} messages in all are more than can be told apart ({NumbersMax:#,0}): take less time")
                + " or lower rates");
        }
    }

    private static string Name(ReceiveMode receive) => receive == ReceiveMode.Polling ? "polling" : "blocking";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
