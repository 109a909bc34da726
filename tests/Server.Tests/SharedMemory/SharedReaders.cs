using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests.SharedMemory;

/// <summary>The example programs that read shared memory, each in a process of its own.</summary>
internal static class SharedReaders
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);
    private static readonly string Examples = Path.Combine(Repository.Root, "docs", "clients", "shm");

    /// <summary>Runs an example and returns what it printed, a JSON object a line.</summary>
    public static async Task<JsonElement[]> RunAsync(string language, params string[] words)
    {
        var (file, first) = language switch
        {
            "c" => (await CompileAsync(Path.Combine(Examples, "c", "quotes.c")), Array.Empty<string>()),
            "python" => ("/usr/bin/python3", [Path.Combine(Examples, "python", "quotes.py")]),
            _ => ("dotnet", [CSharp()]),
        };
        var (exit, output, errors) = await RunProgramAsync(file, [.. first, .. words]);
        Assert.That(exit, Is.Zero, errors);
        return
        [
            .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => JsonDocument.Parse(line).RootElement),
        ];
    }

    /// <summary>Compiles a program of one file with every warning an error; returns where it lies.</summary>
    public static async Task<string> CompileAsync(string source)
    {
        ForeignTool.Require("a C compiler (Debian: apt-get install gcc libc6-dev)", "gcc", "--version");
        var program = Path.Combine(Path.GetTempPath(), $"quoter-{Guid.NewGuid():N}");
        var (exit, _, errors) = await RunProgramAsync(
            "gcc", ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source]);
        Assert.That(exit, Is.Zero, errors);
        return program;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int Exit, string Output, string Errors)> RunProgramAsync(
        string file, IReadOnlyList<string> words)
    {
        using var process = Process.Start(new ProcessStartInfo(file, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw;
        }

        return (process.ExitCode, await output, await errors);
    }

    private static string CSharp()
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(
            Repository.Root, "artifacts", "bin", "Quotes", configuration, "LowLatencyQuoter.Quotes.dll");
    }
}
