using System.CommandLine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary><c>latency tick-to-quote</c>.</summary>
internal static class TickToQuoteCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var common = new CommonOptions("100000", 5, 10);
        var output = new OutputOptions();
        var rig = new RigFlags();
        var noUnpaced = new Option<bool>("--no-unpaced") { Description = "leave the throughput without pacing out" };
        var command = new Command("tick-to-quote", "From the frame in user memory to the published quote.");
        common.AddTo(command);
        rig.AddTo(command);
        command.Options.Add(noUnpaced);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var (options, plan) = (rig.Read(parsed), common.Read(parsed));
            LatencyReport report;
            using (var progress = StepProgress.OnTerminal())
            {
                report = TickToQuote.Run(options, plan, !parsed.GetValue(noUnpaced), progress);
            }

            output.Write(report, parsed);
            return report.Lost == 0 ? 0 : 1;
        });
        return command;
    }
}
