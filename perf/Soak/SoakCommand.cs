using System.CommandLine;
using System.IO;
using LowLatencyQuoter.Perf.Latency;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Soak;

/// <summary><c>soak</c>: minutes at a rate, with assertions.</summary>
internal static class SoakCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var minutes = Flag.Of("--minutes", "how long", 10.0);
        var rate = Flag.Of("--rate", "messages a second over all venues", 200_000.0);
        var warmUp = Flag.Of("--warm-up", "seconds of unmeasured running", 10.0);
        var json = Flag.Json();
        var rig = new RigFlags();
        var files = new HistogramOptions();
        var command = new Command(
            "soak",
            "Minutes at a rate; fails unless memory stays flat, hot threads allocate nothing, no collection runs, and "
            + "every message is in its book and quote.")
        {
            minutes, rate, warmUp, json,
        };
        rig.AddTo(command);
        files.AddTo(command);
        command.SetAction(parsed =>
        {
            var plan = new SoakPlan
            {
                Rig = rig.Read(parsed),
                Rate = Flag.Within("--rate", parsed.GetValue(rate), 1, 10_000_000),
                Seconds = Flag.Within("--minutes", parsed.GetValue(minutes), 0.001, 10_000) * 60,
                WarmUpSeconds = Flag.Within("--warm-up", parsed.GetValue(warmUp), 0, 600),
            };
            SoakReport report;
            using (var progress = StepProgress.OnTerminal())
            {
                progress.Show(0, "begins");
                report = SoakRun.Run(plan, progress);
            }

            report = report with { Conditions = [.. RunFacts.Of(report.Machine, parsed), .. report.Conditions] };
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteLine(report.ToJson());
            }
            else
            {
                report.Write(output);
            }

            files.Write(report.ToLatency(), parsed, file => Told(output, parsed.GetValue(json), file));

            return report.Violations.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static void Told(TextWriter output, bool isJson, string file)
    {
        if (!isJson)
        {
            output.WriteLine($"wrote {file}");
        }
    }
}
