using System.CommandLine;
using LowLatencyQuoter.Perf.Report;

namespace LowLatencyQuoter.Perf.Latency.Sockets;

/// <summary><c>latency wire-to-client</c>.</summary>
internal static class WireToClientCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        var lengths = new PlanFlags("1000,10000,50000", 3, 5);
        var output = new OutputOptions();
        var path = new WireFlags();
        var command = new Command(
            "wire-to-client",
            "From the send of a venue of the harness's own on a loopback websocket to a gRPC client's receipt.");
        lengths.AddTo(command);
        path.AddTo(command);
        output.AddTo(command);
        command.SetAction(parsed =>
        {
            var (options, plan) = (path.Read(parsed), lengths.Read(parsed));
            return output.Report(parsed, progress => WireToClient.Run(options, plan, progress));
        });
        return command;
    }
}
