using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Exchange.Commands;

/// <summary>The command line of the exchange. Without a verb it serves.</summary>
public static class ExchangeCommand
{
    /// <summary>The work is done.</summary>
    public const int Success = 0;

    /// <summary>The work failed.</summary>
    public const int Failed = 1;

    /// <summary>Bad usage or configuration.</summary>
    public const int BadUsage = 2;

    /// <summary>Refused to start: the port is taken.</summary>
    public const int RefusedToStart = 3;

    /// <summary>Runs the command and returns its exit code; errors are one line on stderr.</summary>
    public static Task<int> RunAsync(IEnumerable<string> arguments) =>
        RunAsync(arguments, Console.Out, Console.Error);

    /// <summary>As <see cref="RunAsync(IEnumerable{string})"/>, with other places to write to.</summary>
    internal static async Task<int> RunAsync(IEnumerable<string> arguments, TextWriter output, TextWriter error)
    {
        var serve = new ServeCommand(output);
        var root = new RootCommand("The server side of real venues on one port, simulated or played back.");
        serve.AddTo(root);
        var parsed = root.Parse([.. arguments.Select(WithHyphens)]);
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync(
                $"exchange: {string.Join("; ", parsed.Errors.Select(found => found.Message))} (see --help)");
            return BadUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = output,
                Error = error,
                ProcessTerminationTimeout = null,   // signals are handled where serving ends
            });
        }
        catch (ExchangeConfigurationException exception)
        {
            await error.WriteLineAsync($"exchange: {exception.Message}");
            return BadUsage;
        }
        catch (PortTakenException exception)
        {
            await error.WriteLineAsync($"exchange: {exception.Message}");
            return RefusedToStart;
        }
    }

    /// <summary><c>--flag_name</c> is another spelling of <c>--flag-name</c>; values keep their underscores.</summary>
    private static string WithHyphens(string argument)
    {
        if (!argument.StartsWith("--", StringComparison.Ordinal))
        {
            return argument;
        }

        var value = argument.IndexOf('=', StringComparison.Ordinal);
        return value < 0
            ? argument.Replace('_', '-')
            : argument[..value].Replace('_', '-') + argument[value..];
    }
}
