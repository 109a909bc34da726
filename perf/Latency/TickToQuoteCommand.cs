using System.CommandLine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency;

/// <summary><c>latency tick-to-quote</c>.</summary>
internal static class TickToQuoteCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var lengths = new PlanFlags("100000", 5, 10);
        var output = new OutputOptions();
        var rig = new RigFlags();
        var noUnpaced = Flag.Switch("--no-unpaced", "leave the throughput without pacing out");
        var split = Flag.Switch(
            "--split-quote", "tell applying from quoting, for a look at the clock a message more");
        var command = new Command("tick-to-quote", "From the frame in user memory to the published quote.");
        lengths.AddTo(command);
        rig.AddTo(command);
        command.Options.Add(split);
        command.Options.Add(noUnpaced);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = rig.Read(parsed) with { SplitsQuote = parsed.GetValue(split) };
            var plan = lengths.Read(parsed);
            return output.Report(
                parsed, progress => TickToQuote.Run(options, plan, !parsed.GetValue(noUnpaced), progress));
        });
        return command;
    }
}
