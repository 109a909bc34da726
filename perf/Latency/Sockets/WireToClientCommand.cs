using System;
using System.CommandLine;
using LowLatencyQuoter.Engine.Ring;
using LowLatencyQuoter.Perf.Report;
using LowLatencyQuoter.Wire.Transport;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary><c>latency wire-to-client</c>.</summary>
internal static class WireToClientCommand
{
    private const int OtherSpinners = 2;   // sender and client want a core as well

    /// <summary>The command.</summary>
    public static Command Make()
    {
        var common = new CommonOptions("1000,10000,50000", 3, 5);
        var output = new OutputOptions();
        var venues = new Option<int>("--venues")
        {
            Description = "venues, each with a connection and a reader thread, 1 to 10",
            DefaultValueFactory = static _ => 1,
        };
        var wait = new Option<string>("--wait")
        {
            Description = "how engine and publisher wait: busy-spin, yielding or blocking",
            DefaultValueFactory = static _ => "blocking",
        };
        var polling = new Option<bool>("--polling")
        {
            Description = "readers ask their sockets without sleeping; a core each",
        };
        var cores = new Option<string?>("--cores") { Description = "engine:1,publisher:2 (default: not pinned)" };
        var command = new Command(
            "wire-to-client", "From the exchange's send on a loopback websocket to a gRPC client's receipt.");
        common.AddTo(command);
        command.Options.Add(venues);
        command.Options.Add(wait);
        command.Options.Add(polling);
        command.Options.Add(cores);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var options = Checked(new WireOptions
            {
                Venues = parsed.GetValue(venues),
                Wait = CommonOptions.ParseWait(parsed.GetValue(wait)!),
                Receive = parsed.GetValue(polling) ? ReceiveMode.Polling : ReceiveMode.Blocking,
                Cores = CommonOptions.ParseCores(parsed.GetValue(cores) ?? "none", "engine", "publisher"),
            });
            var plan = common.Read(parsed);
            LatencyReport report;
            using (var progress = StepProgress.OnTerminal())
            {
                report = WireToClient.Run(options, plan, progress);
            }

            output.Write(report, parsed);
            return report.Lost == 0 ? 0 : 1;
        });
        return command;
    }

    private static WireOptions Checked(WireOptions options)
    {
        if (options.Venues is < 1 or > DiffTape.VenuesMax)
        {
            throw new PerfException($"--venues: {options.Venues} is not from 1 to {DiffTape.VenuesMax}");
        }

        var spinners = (options.Wait == WaitStrategyKind.BusySpin ? 2 : 0)
            + (options.Receive == ReceiveMode.Polling ? options.Venues : 0);
        return spinners == 0 || spinners + OtherSpinners <= Environment.ProcessorCount
            ? options
            : throw new PerfException(
                $"{spinners} spinning threads beside sender and client need {spinners + OtherSpinners} cores, there "
                + $"are "
                + $"{Environment.ProcessorCount}: choose --wait blocking or yielding, without --polling");
    }
}
