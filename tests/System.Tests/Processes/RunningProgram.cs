using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using LowLatencyQuoter.Testing;
using NUnit.Framework;

namespace LowLatencyQuoter.System.Tests.Processes;

/// <summary>
/// One of our programs, or another's, as a process of its own; ended by its id at the latest on disposal.
/// </summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();

    private RunningProgram(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Append(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(_errors, line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it printed on stdout so far.</summary>
    public string Output => Read(_output);

    /// <summary>What it printed on stderr so far.</summary>
    public string Errors => Read(_errors);

    /// <summary>True when it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts <c>server</c>, <c>exchange</c> or <c>client</c>, as built beside these tests.</summary>
    public static RunningProgram StartOurs(string project, params string[] arguments) =>
        Start("dotnet", [PathOf(project), .. arguments]);

    /// <summary>Where <c>server</c>, <c>exchange</c> or <c>client</c> lies, as built beside these tests.</summary>
    public static string PathOf(string project)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var name = char.ToUpperInvariant(project[0]) + project[1..];
        return Path.Combine(Repository.Root, "artifacts", "bin", name, configuration, $"LowLatencyQuoter.{name}.dll");
    }

    /// <summary>Starts any program.</summary>
    public static RunningProgram Start(
        string file, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningProgram(new Process { StartInfo = start });
    }

    /// <summary>Waits for a line of stdout that starts so, and returns it.</summary>
    public async Task<string> LineAsync(string start, TimeSpan limit)
    {
        string? found = null;
        await Eventually.HoldsAsync(
            () => (found = FindLine(start)) is not null || HasExited,
            limit,
            () => $"no line '{start}...': {Output} {Errors}");
        Assert.That(found ?? FindLine(start), Is.Not.Null, $"ended without the line '{start}...': {Output} {Errors}");
        return found ?? FindLine(start)!;
    }

    /// <summary>Waits for its end and returns the exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan limit)
    {
        await _process.WaitForExitAsync().WaitAsync(limit);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal, for instance TERM.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static void Append(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.AppendLine(line);
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private string? FindLine(string start)
    {
        foreach (var line in Output.Split('\n'))
        {
            if (line.StartsWith(start, StringComparison.Ordinal))
            {
                return line.TrimEnd('\r');
            }
        }

        return null;
    }
}
