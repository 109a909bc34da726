using System.CommandLine;
using System.IO;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Client.Commands;

/// <summary>
/// The command line as a whole: the verbs, <c>--help</c>, <c>--version</c>, and what bad usage looks like.
/// </summary>
internal static class ClientCommand
{
    /// <summary>Runs one command line and returns the process's exit code.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <param name="output">Receives help and version. Quotes go to the process's own stdout.</param>
    /// <param name="errors">Receives one line for each failure.</param>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter errors)
    {
        var root = new RootCommand("Watches the quotes of a LowLatencyQuoter server.") { WatchCommand.Create(errors) };
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            await errors.WriteLineAsync($"{parsed.Errors[0].Message.TrimEnd('.')}; see --help").ConfigureAwait(false);
            return ExitCode.BadUsage;
        }

        // Signals are the verbs' own business: the terminal has to be restored before the process ends.
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
    }
}
