using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace LowLatencyQuoter.Client.Tests.EndToEnd;

/// <summary>The built client, run as its users run it.</summary>
internal static class ClientProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The built program, for <c>dotnet</c>.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "LowLatencyQuoter.Client.dll");

    /// <summary>The program that runs it.</summary>
    public static string Dotnet { get; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path ? path : "dotnet";

    /// <summary>Runs to the end.</summary>
    public static Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments) =>
        RunProgramAsync(Dotnet, [Assembly, .. arguments]);

    /// <summary>Runs a line of shell in which <c>"$@"</c> is the client.</summary>
    public static Task<(int Exit, string Output, string Errors)> RunInShellAsync(
        string line, params string[] arguments) =>
        RunProgramAsync("/bin/sh", ["-c", line, "sh", Dotnet, Assembly, .. arguments]);

    private static async Task<(int Exit, string Output, string Errors)> RunProgramAsync(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
