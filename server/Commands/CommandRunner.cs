using System;
using System.CommandLine;
using System.Linq;
using LowLatencyQuoter.Feeds.Journal;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;
using LowLatencyQuoter.Shm;

namespace LowLatencyQuoter.Server.Commands;

/// <summary>Parses, runs, and turns what can go wrong into one line on stderr and an exit code.</summary>
internal static class CommandRunner
{
    public static int Run(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count != 0)
        {
            Console.Error.WriteLine($"{parsed.Errors[0].Message}{Meant(parsed)} Run with --help for the flags.");
            return ExitCode.Usage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,   // signals are handled where the work is
            });
        }
        catch (OptionsException e)
        {
            return Fail(ExitCode.Usage, e);
        }
        catch (CaptureFormatException e)
        {
            return Fail(ExitCode.Usage, e);
        }
        catch (JournalFormatException e)
        {
            return Fail(ExitCode.Refused, e);
        }
        catch (EndpointTakenException e)
        {
            return Fail(ExitCode.Refused, e);
        }
        catch (SharedFileTakenException e)
        {
            return Fail(ExitCode.Refused, e);
        }
    }

    /// <summary>The flag or verb that is nearest to the first word that is none.</summary>
    private static string Meant(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Options.Select(option => option.Name).Concat(command.Subcommands.Select(verb => verb.Name));
        return parsed.UnmatchedTokens is [var word, ..] ? Suggestion.For(word, known, name => name) : "";
    }

    private static int Fail(int code, Exception reason)
    {
        Console.Error.WriteLine(reason.Message);
        return code;
    }
}
