using System;
using System.Diagnostics;
using Spectre.Console;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>
/// A progress bar on stderr where that is a terminal; silent elsewhere. It is drawn between windows and a few times a
/// second at most, by the thread that waits: a bar that redraws itself would take a core from what is measured.
/// </summary>
internal sealed class StepProgress : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(500);
    private readonly IAnsiConsole? _console;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _drawn;

    private StepProgress(IAnsiConsole? console) => _console = console;

    /// <summary>A bar on a terminal, else nothing.</summary>
    public static StepProgress OnTerminal() => new(Console.IsErrorRedirected
        ? null
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));

    /// <summary>No bar at all.</summary>
    public static StepProgress Silent() => new(null);

    /// <summary>True when there is a bar; then showing it costs a little.</summary>
    public bool IsShown => _console is not null;

    /// <summary>Shows how far the work is.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="what">What is under way.</param>
    public void Show(double share, string what)
    {
        if (_console is null || (_drawn != 0 && Stopwatch.GetElapsedTime(_drawn) < Apart))
        {
            return;
        }

        _drawn = Stopwatch.GetTimestamp();
        share = Math.Clamp(share, 0, 1);
        var passed = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        var left = share < 0.001 ? "" : FormattableString.Invariant($"{passed / share * (1 - share),4:0} s left");
        var full = (int)(share * Width);
        var bar = new string('█', full) + new string('░', Width - full);
        _console.Write(new ControlCode(
            FormattableString.Invariant($"\r\u001b[K{bar} {share * 100,3:0} %  {left}  {what}")));
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose() => _console?.Write(new ControlCode("\r\u001b[K"));
}
