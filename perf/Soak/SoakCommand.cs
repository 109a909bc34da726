using System.CommandLine;
using System.Globalization;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Soak;

/// <summary><c>soak</c>: minutes at a rate, with assertions.</summary>
internal static class SoakCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var minutes = new Option<double>("--minutes")
        {
            Description = "how long",
            DefaultValueFactory = static _ => 10,
        };
        var rate = new Option<double>("--rate")
        {
            Description = "messages a second over all venues",
            DefaultValueFactory = static _ => 200_000,
        };
        var warmUp = new Option<double>("--warm-up")
        {
            Description = "seconds of unmeasured running",
            DefaultValueFactory = static _ => 10,
        };
        var json = new Option<bool>("--json") { Description = "one JSON object on the last line of stdout" };
        var rig = new RigFlags();
        var command = new Command(
            "soak",
            "Minutes at a rate; fails unless memory stays flat, hot threads allocate nothing, no collection runs, and "
            + "every message is in its book and quote.")
        {
            minutes, rate, warmUp, json,
        };
        rig.AddTo(command);
        command.SetAction(parsed =>
        {
            var plan = new SoakPlan
            {
                Rig = rig.Read(parsed),
                Rate = Checked("--rate", parsed.GetValue(rate), 1, 10_000_000),
                Seconds = Checked("--minutes", parsed.GetValue(minutes), 0.001, 10_000) * 60,
                WarmUpSeconds = Checked("--warm-up", parsed.GetValue(warmUp), 0, 600),
            };
            SoakReport report;
            using (var progress = StepProgress.OnTerminal())
            {
                report = SoakRun.Run(plan, progress);
            }

            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(report.ToJson());
            }
            else
            {
                report.Write(output);
            }

            return report.Violations.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static double Checked(string option, double value, double least, double most) =>
        value >= least && value <= most
            ? value
            : throw new PerfException(string.Create(
                CultureInfo.InvariantCulture, $"{option}: {value} is not from {least} to {most}"));
}
