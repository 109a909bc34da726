using System;
using System.CommandLine;
using LowLatencyQuoter.Feeds.Journal;
using LowLatencyQuoter.Feeds.Replay;
using LowLatencyQuoter.Server.Hosting;
using LowLatencyQuoter.Server.Options;

namespace LowLatencyQuoter.Server.Commands;

/// <summary>Parses, runs, and turns what can go wrong into one line on stderr and an exit code.</summary>
internal static class CommandRunner
{
    public static int Run(RootCommand root, string[] args)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count != 0)
        {
            Console.Error.WriteLine($"{parsed.Errors[0].Message} Run with --help for the flags.");
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
    }

    private static int Fail(int code, Exception reason)
    {
        Console.Error.WriteLine(reason.Message);
        return code;
    }
}
