using System.CommandLine;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Commands;

/// <summary>Quotes, and records everything that the venues send.</summary>
internal static class RecordCommand
{
    public static Command Make()
    {
        var settings = new SettingFlags();
        var directory = new Option<string>("--out")
        {
            Description = "directory for the recordings, a file a venue; made when it is not there",
            HelpName = "directory",
            Required = true,
        };
        var command = new Command(
            "record", "Quotes as without a verb, and records everything that the venues send, for replay.")
        {
            directory,
        };
        settings.AddTo(command);
        command.SetAction((parsed, cancellation) => QuoteCommand.RunAsync(
            () => settings.Read(parsed, (SettingTable.Find("record")!, parsed.GetValue(directory)!)), cancellation));
        return command;
    }
}
