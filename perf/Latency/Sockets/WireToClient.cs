using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Wire.Transport;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary>
/// Measures from the send of a venue of the harness on a loopback websocket to a gRPC client's receipt of the quote.
/// </summary>
internal static class WireToClient
{
    private const int StepsBeside = 3;   // stalls before, warm-up, and the last one that shows all of it
    private const double WarmUpRate = 10_000;

    /// <summary>Runs it.</summary>
    public static LatencyReport Run(WireOptions options, LatencyPlan plan, StepProgress progress)
    {
        var started = DateTimeOffset.UtcNow;
        var machine = MachineReading.Take();
        var watch = new MachineWatch(JitterCommand.Cores(null), plan);
        var steps = new StepCount(StepsBeside + RateSeries.StepsOf(plan), progress);
        watch.Look("before", share => steps.Within(share, "the machine's stalls before"));
        steps.Done("warm-up");
        IReadOnlyList<RateReport> rates;
        Saturation? saturation;
        using (var rig = new WireRig(options))
        {
            WarmUp(rig, plan, steps);
            steps.Done("windows");
            (rates, saturation) = MeasureRates(rig, plan, steps, watch);
        }

        var load = MachineReading.LoadAverages();
        watch.Look("after", share => steps.Within(share, "the machine's stalls after"));
        return new LatencyReport
        {
            Name = "wire-to-client",
            Meaning = "sent by a venue of the harness on a loopback websocket -> quote received by a gRPC client",
            Machine = machine,
            Conditions =
            [
                new("load", Text(
                    $"open loop, total counts from when each message was due; {options.Venues} venue(s) by turns")),
                new("messages", Text(
                    $"{WireRig.DiffLevels}-level Binance diffs of {WireRig.FrameBytes} bytes; every one changes the ")
                    + "quote"),
                new("quote", "10 rows a side, one subscriber"),
                new("transport", (options.IsSecure ? "TLS" : "clear text")
                    + " from venue to reader, clear-text HTTP/2 from server to client"),
                new("venue",
                    "a sender of the harness that speaks Binance's dialect from a tape, one system call a message; "
                    + "not the exchange of this product"),
                new("process", "sending venue, quoter and client share one process and its garbage collector"),
                new("threads", Text(
                    $"sender, {options.Venues} reader(s), engine, publisher, Kestrel's, client; ")
                    + ThreadText.Name(options.Cores)),
                new("wait strategy", Text(
                    $"engine and publisher {ThreadText.Name(options.Wait)}, readers {Name(options.Receive)}")
                    + ", sender yields"),
                new("conflated", "a message that the client has only in a newer quote counts when that quote arrives"),
                new("warm-up", Text($"{plan.WarmUpSeconds:0.#} s")),
                new("windows", plan.WindowsText),
                new("measuring costs",
                    "a look at the clock before each turn of engine and publisher, one more a message between applying "
                    + "and quoting and one when its quote is encoded; a copy of each quote"),
                new("load average after", load),
            ],
            Started = started,
            Stages = WireStamps.Stages,
            Rates = rates,
            Saturation = saturation,
            UnpacedPerSecond = [],
            Stalls = watch.Stalls,
        };
    }

    private static (IReadOnlyList<RateReport> Rates, Saturation? Saturation) MeasureRates(
        WireRig rig, LatencyPlan plan, StepCount steps, MachineWatch watch)
    {
        var stamps = new WireStamps(0);
        Action<WireWindow>? look = steps.IsShown
            ? window => steps.Within((double)window.Seen / window.Count, "windows")
            : null;
        return new RateSeries(plan, steps, MeasureWindow, watch.LookBehind).Run(WireStamps.Parts);

        WindowReport MeasureWindow(double rate, int messages)
        {
            stamps = stamps.Capacity == messages ? stamps : new WireStamps(messages);
            return Measure(rig, stamps, rate, look);
        }
    }

    private static WindowReport Measure(WireRig rig, WireStamps stamps, double rate, Action<WireWindow>? look)
    {
        stamps.Clear();
        GcCounts.Settle();
        var collections = GcCounts.Now;
        var before = rig.AllocatedBytes;
        var started = DateTimeOffset.UtcNow;
        var (window, schedule) = rig.Run(stamps, rate, look);
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
            Messages = window.Count,
            Lost = window.Count - window.Seen,
            Conflated = window.Conflated,
            Stages = stamps.Histograms(schedule),
            Collections = collections,
            AllocatedBytes = bytes,
            Stalls = [],
        };
    }

    private static void WarmUp(WireRig rig, LatencyPlan plan, StepCount steps)
    {
        const int Chunk = 1_000;
        var stamps = new WireStamps(Chunk);
        var start = Environment.TickCount64;
        var length = (long)(plan.WarmUpSeconds * 1_000);
        do
        {
            rig.Run(stamps, WarmUpRate);
            steps.Within((Environment.TickCount64 - start) / (double)Math.Max(length, 1), "warm-up");
        }
        while (Environment.TickCount64 < start + length);
    }

    private static string Name(ReceiveMode receive) => receive == ReceiveMode.Polling ? "polling" : "blocking";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
