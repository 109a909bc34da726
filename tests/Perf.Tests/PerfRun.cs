using System.CommandLine;
using System.IO;
using System.Text.Json;

namespace LowLatencyQuoter.Perf.Tests;

/// <summary>A command line run in this process, as the program runs it.</summary>
internal sealed record PerfRun(int ExitCode, string Output, string Error)
{
    /// <summary>The last line of stdout as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output.TrimEnd('\n').Split('\n')[^1]).RootElement;

    public static PerfRun Of(Command command, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = new RootCommand { command };
        var code = PerfCommand.Run(
            root, [command.Name, .. arguments], new InvocationConfiguration { Output = output, Error = error });
        return new PerfRun(code, output.ToString(), error.ToString());
    }
}
