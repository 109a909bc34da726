using System;
using System.Diagnostics;
using NUnit.Framework;

namespace LowLatencyQuoter.Testing;

/// <summary>
/// Programs of others that tests talk to (python3 with a module, node with a package). Missing ones skip a test on a
/// developer's machine, with what to install, and fail it in CI, where everything has to be there.
/// </summary>
public static class ForeignTool
{
    private static bool InCi => Environment.GetEnvironmentVariable("CI") is { Length: > 0 };

    /// <summary>
    /// Requires that the command exits with 0, for instance <c>/usr/bin/python3 -c "import grpc"</c>.
    /// </summary>
    /// <param name="what">What is needed and how it is installed; printed when it is missing.</param>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static void Require(string what, string file, params string[] arguments)
    {
        if (Answers(file, arguments))
        {
            return;
        }

        if (InCi)
        {
            Assert.Fail($"needed in CI and missing: {what}");
        }

        Assert.Ignore($"skipped: {what}");
    }

    private static bool Answers(string file, string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(file, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            };
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            process.OutputDataReceived += static (_, _) => { };
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            return process.WaitForExit(30_000) && process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;   // no such program
        }
    }
}
