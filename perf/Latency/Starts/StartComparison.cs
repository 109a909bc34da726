using System;
using System.Collections.Generic;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Perf.Machine;
using LowLatencyQuoter.Perf.Processes;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency.Starts;

/// <summary>
/// Starts the measured processes, one after the other, since a process is cold only once, and puts what they hand over
/// into one report.
/// </summary>
internal static class StartComparison
{
    private static readonly string[] Starts = ["cold", "warm"];

    /// <summary>Runs it.</summary>
    /// <param name="options">How the path is set up.</param>
    /// <param name="plan">Rate and lengths.</param>
    /// <param name="arguments">This process's command line, which the measured ones get too.</param>
    /// <param name="progress">Shows how far it is.</param>
    public static LatencyReport Run(
        RigOptions options, LatencyPlan plan, IReadOnlyList<Token> arguments, StepProgress progress)
    {
        var started = DateTimeOffset.UtcNow;
        var machine = MachineReading.Take();
        var watch = new MachineWatch(MachineWatch.CoresOf(options.Cores), plan);
        var look = plan.JitterSeconds;
        var expected = (2 * plan.Seconds) + plan.WarmUpSeconds;   // of one process
        var all = Math.Max((2 * look) + (Starts.Length * expected), 1e-3);
        watch.Look("before", share => progress.Show(share * look / all, "the machine's stalls before"));
        var parcels = new List<StartParcel>();
        foreach (var start in Starts)
        {
            var done = look + (parcels.Count * expected);
            parcels.Add(StartParcel.Read(Probe(
                start,
                arguments,
                seconds => progress.Show((done + Math.Min(seconds, expected)) / all, $"a {start} start"))));
        }

        watch.Look("after", share => progress.Show((all - (look * (1 - share))) / all, "the machine's stalls after"));
        return new LatencyReport
        {
            Name = "warm-up",
            Meaning = "frame due in user memory -> quote published, from a process's first message on",
            Machine = machine,
            Conditions = Conditions(options, plan, parcels),
            Started = started,
            Stages = TickToQuoteConditions.Stages(splits: false),
            Rates = [.. parcels[0].Parts, .. parcels[1].Parts],
            UnpacedPerSecond = [],
            Stalls = watch.Stalls,
        };
    }

    private static string Probe(string start, IReadOnlyList<Token> arguments, Action<double> shown) =>
        MeasuredProcess.Run(
            $"the {start} start failed",
            [.. arguments.Select(static argument => argument.Value), StartCommand.ProbeOption, start],
            shown);

    private static List<KeyValuePair<string, string>> Conditions(
        RigOptions options, LatencyPlan plan, List<StartParcel> parcels)
    {
        var conditions = TickToQuoteConditions.Of(options, parcels[0].Frames);
        conditions.AddRange(
        [
            new("phases", Text($"first-*: the first {plan.Seconds:0.##} s of a process; ")
                + Text($"steady-*: the {plan.Seconds:0.##} s behind them")),
            new("warm-up, cold", parcels[0].WarmUp),
            new("warm-up, warm", parcels[1].WarmUp),
            new("harness", "its own loops are compiled in full at their first call, in both processes"),
            TickToQuoteConditions.LoadAfter,
        ]);
        return conditions;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
