using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;

namespace LowLatencyQuoter.Server.Tests;

/// <summary>A program of others under way. Ends with the test at the latest.</summary>
internal sealed class ForeignProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly CancellationTokenSource _end = new(Patience);

    private ForeignProgram(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public bool HasExited => _process.HasExited;

    public static ForeignProgram Start(string file, params string[] arguments) => new(file, arguments);

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(_end.Token);

    /// <summary>
    /// Waits for the end; the last line of stdout as JSON. Fails the test when the exit code is not 0.
    /// </summary>
    public async Task<Dictionary<string, JsonElement>> ResultAsync()
    {
        var last = string.Empty;
        while (await ReadLineAsync() is { } line)
        {
            last = line;
        }

        await _process.WaitForExitAsync(_end.Token);
        Assert.That(_process.ExitCode, Is.Zero, await _errors);
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(last)!;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
        _end.Dispose();
    }
}
