using System;
using System.Collections.Generic;
using System.Globalization;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary>
/// Measures from the time a frame was due in user memory to its quote in the quote ring: warm-up, windows at each rate,
/// the search for saturation, throughput without pacing, and the machine's stalls before, during and after.
/// </summary>
internal static class TickToQuote
{
    private const int UnpacedMessages = 2_000_000;
    private const int StepsBeside = 3;   // stalls before, warm-up, and the last one that shows all of it

    /// <summary>Runs it.</summary>
    public static LatencyReport Run(RigOptions options, LatencyPlan plan, bool unpaced, StepProgress progress)
    {
        var started = DateTimeOffset.UtcNow;
        var machine = MachineReading.Take();
        var watch = new MachineWatch(MachineWatch.CoresOf(options.Cores), plan);
        var steps = new StepCount(StepsBeside + RateSeries.StepsOf(plan) + (unpaced ? plan.Windows : 0), progress);
        watch.Look("before", share => steps.Within(share, "the machine's stalls before"));
        steps.Done("warm-up");
        using var rig = new TickToQuoteRig(options);
        WarmUp(rig, options, plan, steps);
        steps.Done("windows");
        var stages = TickToQuoteConditions.Stages(options.SplitsQuote);
        var (rates, saturation) = MeasureRates(rig, options, plan, steps, stages);
        var perSecond = new List<double>();
        for (var window = 0; unpaced && window < plan.Windows; window++)
        {
            perSecond.Add(Unpaced(rig, plan));
            steps.Done("unpaced");
        }

        var conditions = Conditions(rig, options, plan);
        rig.Dispose();
        watch.Look("after", share => steps.Within(share, "the machine's stalls after"));
        return new LatencyReport
        {
            Name = "tick-to-quote",
            Meaning = "frame due in user memory -> quote published",
            Machine = machine,
            Conditions = conditions,
            Started = started,
            Stages = stages,
            Rates = rates,
            Saturation = saturation,
            UnpacedPerSecond = perSecond,
            Stalls = watch.Stalls,
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
        return new WindowReport
        {
            Started = started,
            Seconds = run.Seconds,
            Messages = run.Window.Count,
            Lost = run.Lost,
            Stages = stamps.Histograms(run.Window.Count, run.Reader.Schedule),
            Collections = collections,
            AllocatedBytes = [new("reader", run.Reader.AllocatedBytes), new("engine", run.EngineBytes)],
            Stalls = StallsOf(run, options),
        };
    }

    /// <summary>What the machine did to the hot threads in a run, while they had nothing to do.</summary>
    public static IReadOnlyList<StallReport> StallsOf(WindowRun run, RigOptions options)
    {
        var stalls = new List<StallReport>
        {
            StallReport.Of("during", "reader", options.Cores.Of("reader"), run.Reader.Stalls),
        };
        if (run.Window.Stalls is { } engine)
        {
            stalls.Add(StallReport.Of("during", "engine", options.Cores.Of("engine"), engine));
        }

        return stalls;
    }

    private static (IReadOnlyList<RateReport> Rates, Saturation? Saturation) MeasureRates(
        TickToQuoteRig rig,
        RigOptions options,
        LatencyPlan plan,
        StepCount steps,
        IReadOnlyList<KeyValuePair<string, string>> stages)
    {
        var stamps = new StampTable(0, options.SplitsQuote);
        Action<MeasuredWindow>? look = steps.IsShown
            ? window => steps.Within((double)window.Seen / window.Count, "windows")
            : null;
        var parts = new List<string>();
        for (var stage = 0; stage < stages.Count - 1; stage++)
        {
            parts.Add(stages[stage].Key);
        }

        // nobody looks behind the windows: the hot threads look at the machine in the windows themselves
        return new RateSeries(plan, steps, MeasureWindow, static () => []).Run(parts);

        WindowReport MeasureWindow(double rate, int messages)
        {
            stamps = stamps.Capacity == messages ? stamps : new StampTable(messages, options.SplitsQuote);
            return Measure(rig, options, rate, stamps, look);
        }
    }

    private static void WarmUp(TickToQuoteRig rig, RigOptions options, LatencyPlan plan, StepCount steps)
    {
        var start = Environment.TickCount64;
        var length = (long)(plan.WarmUpSeconds * 1_000);
        const int Chunk = 50_000;
        var stamps = new StampTable(Chunk, options.SplitsQuote);
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
            steps.Within((Environment.TickCount64 - start) / (double)Math.Max(length, 1), "warm-up");
        }
        while (Environment.TickCount64 < start + length);
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

    private static List<KeyValuePair<string, string>> Conditions(
        TickToQuoteRig rig, RigOptions options, LatencyPlan plan)
    {
        var conditions = TickToQuoteConditions.Of(options, rig.FrameBytes + rig.PinFailure);
        conditions.AddRange(
        [
            new("warm-up", Text($"{plan.WarmUpSeconds:0.#} s")),
            new("windows", plan.WindowsText),
            new("measuring costs",
                "a look at the clock before each cycle of the engine and a copy of each quote after it"
                + (options.SplitsQuote ? "; a look between applying and quoting" : "")),
            TickToQuoteConditions.LoadAfter,
            new("general decoding", Text($"{rig.GeneralFrames} frames took the decoder's general way")),
        ]);
        return conditions;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
