using System.CommandLine;
using System.Globalization;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency.Starts;

/// <summary><c>latency warm-up</c>.</summary>
internal static class StartCommand
{
    /// <summary>The option that makes a process the measured one.</summary>
    public const string ProbeOption = "--probe";

    /// <summary>The command.</summary>
    public static Command Make()
    {
        var rate = Flag.Of("--rate", "offered rate, messages a second over all venues", 10_000.0);
        var seconds = Flag.Of(
            "--seconds", "length of the first part of a process's life, and of the steady one behind it", 60.0);
        var warmUp = Flag.Of("--warm-up", "most seconds that the server's warm-up may take", 10.0);
        var jitter = PlanFlags.Jitter();
        var probe = new Option<string?>(ProbeOption)
        {
            Description = "cold or warm: measure in this process and hand the histograms over",
            Hidden = true,
        };
        var rig = new RigFlags();
        var output = new OutputOptions();
        var command = new Command(
            "warm-up", "Tick to quote in a process's first seconds, with and without the server's warm-up.");
        Flag.Add(command, rate, seconds, warmUp, jitter, probe);
        rig.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = rig.Read(parsed);
            var plan = new LatencyPlan
            {
                Rates = LatencyPlan.ParseRates(parsed.GetValue(rate).ToString(CultureInfo.InvariantCulture)),
                Windows = 1,
                Seconds = parsed.GetValue(seconds),
                WarmUpSeconds = parsed.GetValue(warmUp),
                JitterSeconds = parsed.GetValue(jitter),
            }.Checked();
            if (parsed.GetValue(probe) is { } which)
            {
                parsed.InvocationConfiguration.Output.WriteLine(StartProbe.Run(which, options, plan));
                return 0;
            }

            return output.Report(
                parsed, progress => StartComparison.Run(options, plan, parsed.Tokens, progress));
        });
        return command;
    }
}
