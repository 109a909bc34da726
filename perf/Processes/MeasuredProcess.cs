using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace LowLatencyQuoter.Perf.Processes;

/// <summary>
/// This program once more, in a process of its own, where no earlier measurement has left anything: neither objects nor
/// code that was compiled for what ran before.
/// </summary>
internal static class MeasuredProcess
{
    private const int LookMilliseconds = 500;

    /// <summary>Runs it to its end and returns what it wrote to stdout.</summary>
    /// <param name="what">What failed, if it fails.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="shown">Told its age in seconds, twice a second.</param>
    /// <exception cref="PerfException">It could not be started, or it failed: what it said on stderr.</exception>
    public static string Run(string what, IEnumerable<string> arguments, Action<double> shown)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        var program = typeof(MeasuredProcess).Assembly.GetName().Name + ".dll";
        info.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, program));
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        using var process = Process.Start(info)
            ?? throw new PerfException("dotnet could not be started: put it into PATH", 1);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        do
        {
            shown(clock.Elapsed.TotalSeconds);
        }
        while (!process.WaitForExit(LookMilliseconds));

        process.WaitForExit();
        return process.ExitCode == 0
            ? output.GetAwaiter().GetResult()
            : throw new PerfException($"{what}: {errors.GetAwaiter().GetResult().Trim()}", 1);
    }
}
