using System.CommandLine;

namespace LowLatencyQuoter.Perf;

/// <summary>Parses, runs, and turns what can go wrong into one line on stderr and an exit code.</summary>
internal static class PerfCommand
{
    /// <summary>Runs a command line: 0 ok, 1 the work failed, 2 bad usage.</summary>
    public static int Run(RootCommand root, string[] args, InvocationConfiguration? invocation = null)
    {
        invocation ??= new InvocationConfiguration();
        invocation.EnableDefaultExceptionHandler = false;
        var parsed = root.Parse(args);
        if (parsed.Errors.Count != 0)
        {
            invocation.Error.WriteLine($"{parsed.Errors[^1].Message} Run with --help for the flags.");
            return 2;
        }

        try
        {
            return parsed.Invoke(invocation);
        }
        catch (PerfException e)
        {
            invocation.Error.WriteLine(e.Message);
            return e.ExitCode;
        }
    }
}
