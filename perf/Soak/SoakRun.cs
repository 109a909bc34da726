using System;
using System.Diagnostics;
using LowLatencyQuoter.Engine.Metrics;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Perf.Jitter;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Soak;

/// <summary>
/// Runs the path from frame to quote for minutes and keeps accounts of messages, memory and collections.
/// </summary>
internal static class SoakRun
{
    private const int SamplesMax = 100_000;
    private const string Warming = "warm-up";

    /// <summary>Runs it.</summary>
    public static SoakReport Run(SoakPlan plan, StepProgress progress)
    {
        var machine = MachineReading.Take();
        using var rig = new TickToQuoteRig(plan.Rig);
        using var memory = new MemoryTrend(SamplesMax);
        var total = new Histogram(StampTable.Layout);
        var recorder = new IntervalRecorder(StampTable.Layout);
        var all = plan.WarmUpSeconds + plan.Seconds;
        WarmUp(
            rig,
            plan,
            recorder,
            memory,
            seconds => progress.Show(Math.Min(seconds, plan.WarmUpSeconds) / all, Warming));
        recorder.Take();
        recorder.Take();
        total.Reset();   // touches its memory, so that it is resident before the accounts begin
        var messages = plan.Messages;

        GcCounts.Settle();
        var started = DateTimeOffset.UtcNow;
        var trend = new MemoryTrend(SamplesMax);
        var clock = Stopwatch.StartNew();
        var stalls = plan.Rig.Wait == WaitStrategyKind.BusySpin ? new StallRecorder() : null;
        var collections = GcCounts.Now;
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        trend.Sample(0);
        var run = rig.Run(
            messages,
            1e9 / plan.Rate,
            first => new MeasuredWindow { FirstNumber = first, Count = messages, Total = recorder, Stalls = stalls },
            window =>
            {
                trend.Sample(clock.Elapsed.TotalSeconds);
                total.Add(recorder.Take());
                progress.Show((plan.WarmUpSeconds + (plan.Seconds * window.Seen / messages)) / all, "soaking");
            });
        trend.Sample(clock.Elapsed.TotalSeconds);
        collections = GcCounts.Now.Since(collections);
        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        total.Add(recorder.Take());
        using (trend)
        {
            return new SoakReport
            {
                Machine = machine,
                Conditions =
                [
                    .. TickToQuoteConditions.Of(plan.Rig, rig.FrameBytes + rig.PinFailure),
                    new("rate", FormattableString.Invariant($"{plan.Rate:#,0} messages/s offered")),
                    new("warm-up", FormattableString.Invariant($"{plan.WarmUpSeconds:0.#} s")),
                    TickToQuoteConditions.LoadAfter,
                ],
                Started = started,
                OfferedPerSecond = plan.Rate,
                Messages = messages,
                Applied = run.Applied,
                Quoted = run.Window.Seen,
                Faults = run.Gaps + run.Errors,
                Seconds = run.Seconds,
                ReaderBytes = run.Reader.AllocatedBytes,
                EngineBytes = run.EngineBytes,
                OtherBytes = bytes - run.Reader.AllocatedBytes - run.EngineBytes,
                Collections = collections,
                ResidentFirst = trend.First,
                ResidentLast = trend.Last,
                ResidentGrowth = trend.Growth(),
                Total = total,
                Stalls = TickToQuote.StallsOf(run, plan.Rig),
            };
        }
    }

    // the same calls as later, so that what they need for the first time is there before the accounts begin
    private static void WarmUp(
        TickToQuoteRig rig, SoakPlan plan, IntervalRecorder recorder, MemoryTrend memory, Action<double> shown)
    {
        var start = Environment.TickCount64;
        var end = start + (long)(plan.WarmUpSeconds * 1_000);
        var chunk = (long)Math.Max(plan.Rate, 1_000);
        do
        {
            rig.Run(
                chunk,
                1e9 / plan.Rate,
                first => new MeasuredWindow { FirstNumber = first, Count = chunk, Total = recorder },
                _ =>
                {
                    memory.Sample(0);
                    recorder.Take();
                    shown((Environment.TickCount64 - start) / 1e3);
                });
        }
        while (Environment.TickCount64 < end);
    }
}
