using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Engine.Threading;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// Measures from the time a frame was due in user memory to its quote in the quote ring: warm-up, windows at each rate,
/// throughput without pacing, and the machine's stalls before, during and after.
/// </summary>
internal static class TickToQuote
{
    private const int UnpacedMessages = 2_000_000;

    /// <summary>The stages and what each is.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Stages =
    [
        new(StampTable.Stages[0], "due -> decoding begins; what the reader was late, its own stalls and backlog"),
        new(StampTable.Stages[1], "decoding begins -> decoded into the lane's slot, about to be published"),
        new(StampTable.Stages[2], "published -> taken by the engine's thread, waiting behind others included"),
        new(StampTable.Stages[3], "taken -> applied, merged, quote complete in the quote ring"),
        new(StampTable.Stages[4], "due -> quote complete"),
    ];

    /// <summary>Runs it.</summary>
    public static LatencyReport Run(RigOptions options, LatencyPlan plan, bool unpaced, StepProgress progress)
    {
        var started = DateTimeOffset.UtcNow;
        var machine = MachineFacts.Read();
        var cores = Cores(options);
        var stalls = new List<StallReport>();
        var steps = new StepCount(plan, unpaced, progress);
        Watch("before", stalls, cores, plan);
        steps.Done("stalls before");
        using var rig = new TickToQuoteRig(options);
        WarmUp(rig, plan);
        steps.Done("warm-up");
        var rates = new List<RateReport>();
        foreach (var rate in plan.Rates)
        {
            var stamps = new StampTable(plan.MessagesAt(rate));
            var windows = new List<WindowReport>();
            for (var window = 0; window < plan.Windows; window++)
            {
                windows.Add(Measure(rig, options, rate, stamps, steps.Look(stamps.Capacity)));
                steps.Done("windows");
            }

            rates.Add(new RateReport(rate, windows));
        }

        var perSecond = new List<double>();
        for (var window = 0; unpaced && window < plan.Windows; window++)
        {
            perSecond.Add(Unpaced(rig, plan));
            steps.Done("unpaced");
        }

        var conditions = Conditions(rig, options, plan);
        rig.Dispose();
        Watch("after", stalls, cores, plan);
        return new LatencyReport
        {
            Name = "tick-to-quote",
            Meaning = "frame due in user memory -> quote published",
            Machine = machine,
            Conditions = conditions,
            Started = started,
            Stages = Stages,
            Rates = rates,
            UnpacedPerSecond = perSecond,
            Stalls = stalls,
        };
    }

    /// <summary>Measures one window.</summary>
    /// <param name="rig">The path.</param>
    /// <param name="options">How it is set up.</param>
    /// <param name="rate">Messages a second.</param>
    /// <param name="stamps">Room for as many as are to be sent.</param>
    /// <param name="look">Called now and then meanwhile; null: nobody looks.</param>
    public static WindowReport Measure(
        TickToQuoteRig rig, RigOptions options, double rate, StampTable stamps, Action<MeasuredWindow>? look)
    {
        stamps.Clear();
        var stalls = options.Wait == WaitStrategyKind.BusySpin ? new StallRecorder() : null;
        GcCounts.Settle();
        var collections = GcCounts.Now;
        var started = DateTimeOffset.UtcNow;
        var run = rig.Run(
            stamps.Capacity,
            1e9 / rate,
            first => new MeasuredWindow
            {
                FirstNumber = first,
                Count = stamps.Capacity,
                Stamps = stamps,
                Stalls = stalls,
            },
            look);
        collections = GcCounts.Now.Since(collections);
        var seen = new List<StallReport>
        {
            StallReport.Of("during", "reader", options.Cores.Of("reader"), run.Reader.Stalls),
        };
        if (stalls is not null)
        {
            seen.Add(StallReport.Of("during", "engine", options.Cores.Of("engine"), stalls));
        }

        return new WindowReport
        {
            Started = started,
            Seconds = run.Seconds,
            Messages = run.Window.Count,
            Lost = run.Lost,
            Stages = stamps.Histograms(run.Window.Count, run.Reader.Schedule),
            Collections = collections,
            AllocatedBytes = [new("reader", run.Reader.AllocatedBytes), new("engine", run.EngineBytes)],
            Stalls = seen,
        };
    }

    private static void WarmUp(TickToQuoteRig rig, LatencyPlan plan)
    {
        var end = Environment.TickCount64 + (long)(plan.WarmUpSeconds * 1_000);
        const int Chunk = 50_000;
        var stamps = new StampTable(Chunk);
        do
        {
            // both ways of sending, since both are compiled by being used
            rig.Run(Chunk, 0, first => new MeasuredWindow { FirstNumber = first, Count = Chunk });
            rig.Run(
                Chunk,
                1_000,
                first => new MeasuredWindow
                {
                    FirstNumber = first,
                    Count = Chunk,
                    Stamps = stamps,
                    Stalls = new StallRecorder(),
                });
        }
        while (Environment.TickCount64 < end);
    }

    private static double Unpaced(TickToQuoteRig rig, LatencyPlan plan)
    {
        GcCounts.Settle();
        var count = (long)Math.Clamp(plan.Seconds * 1_000_000, 10_000, UnpacedMessages);
        var run = rig.Run(count, 0, first => new MeasuredWindow { FirstNumber = first, Count = count });
        return run.Lost == 0
            ? count / run.Seconds
            : throw new PerfException($"{run.Lost} of {count} messages were lost without pacing", 1);
    }

    /// <summary>The cores that threads are pinned to.</summary>
    public static IReadOnlyList<int> Cores(RigOptions options)
    {
        var cores = new List<int>();
        foreach (var role in options.Cores.Roles)
        {
            if (!cores.Contains(options.Cores.Of(role)))
            {
                cores.Add(options.Cores.Of(role));
            }
        }

        return cores;
    }

    /// <summary>Adds what the machine does to threads that only spin, if the plan gives it time.</summary>
    public static void Watch(string when, List<StallReport> stalls, IReadOnlyList<int> cores, LatencyPlan plan)
    {
        if (plan.JitterSeconds > 0)
        {
            stalls.AddRange(StallMeter.Watch(when, cores, TimeSpan.FromSeconds(plan.JitterSeconds)));
        }
    }

    private static List<KeyValuePair<string, string>> Conditions(
        TickToQuoteRig rig, RigOptions options, LatencyPlan plan) =>
    [
        new("load", Text(
            $"open loop, counts from when each message was due; {options.Venues} venues by turns, {options.Lanes}")
            + " lane(s)"),
        new("messages", Text(
            $"{options.DiffLevels}-level Binance diffs of {rig.FrameBytes} bytes; every one changes the quote")),
        new("books", Text($"{options.Depth:#,0} levels a side")),
        new("quote", "10 rows a side"),
        new("threads",
            Text($"reader with sender on one core, engine on another; {Name(options.Cores)}{rig.PinFailure}")),
        new("wait strategy", Name(options.Wait)),
        new("warm-up", Text($"{plan.WarmUpSeconds:0.#} s")),
        new("windows", plan.WindowsText),
        new("measuring costs", "a look at the clock before each cycle of the engine and a copy of each quote after it"),
        new("load average after", MachineFacts.LoadAverage),
        new("general decoding", Text($"{rig.GeneralFrames} frames took the decoder's general way")),
    ];

    /// <summary>Where threads are pinned, for people.</summary>
    public static string Name(CoreMap cores) => cores.Roles.Count == 0 ? "not pinned" : cores.ToString();

    /// <summary>The name as in options.</summary>
    public static string Name(WaitStrategyKind wait) => wait switch
    {
        WaitStrategyKind.BusySpin => "busy-spin",
        WaitStrategyKind.Yielding => "yielding",
        _ => "blocking",
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
