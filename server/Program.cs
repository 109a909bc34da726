using System.CommandLine;
using LowLatencyQuoter.Server.Commands;

namespace LowLatencyQuoter.Server;

/// <summary>
/// The command line: no verb quotes; <c>check-config</c>, <c>record</c> and <c>replay</c> are the others.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        var settings = new SettingFlags();
        var root = new RootCommand(
            "Quotes the best levels of many venues over gRPC. Without --live it starts an exchange of its own with "
            + "simulated venues and quotes those.");
        settings.AddTo(root);
        root.SetAction((parsed, cancellation) => QuoteCommand.RunAsync(() => settings.Read(parsed), cancellation));
        root.Subcommands.Add(CheckConfigCommand.Make());
        root.Subcommands.Add(RecordCommand.Make());
        root.Subcommands.Add(ReplayCommand.Make());
        return CommandRunner.Run(root, args);
    }
}
