using System;
using System.Diagnostics;
using Spectre.Console;

namespace LowLatencyQuoter.Perf.Compare.Output;

/// <summary>
/// A progress bar on stderr where that is a terminal; silent elsewhere. It is drawn between rounds only, by the thread
/// that drives them: a bar that redraws itself would take a core from what is measured.
/// </summary>
internal sealed class RoundProgress
{
    private const int Width = 30;
    private readonly IAnsiConsole? _console;
    private long _started;
    private int _steps;
    private int _done;

    private RoundProgress(IAnsiConsole? console) => _console = console;

    /// <summary>A bar on a terminal, else nothing.</summary>
    public static RoundProgress OnTerminal() => new(Console.IsErrorRedirected
        ? null
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));

    /// <summary>No bar at all.</summary>
    public static RoundProgress Silent() => new(null);

    /// <summary>Begins with nothing of so many steps done.</summary>
    public void Start(int steps)
    {
        _steps = steps;
        _done = 0;
        _started = Stopwatch.GetTimestamp();
    }

    /// <summary>A step of <paramref name="name"/> is done.</summary>
    public void Advance(string name)
    {
        _done++;
        if (_console is null)
        {
            return;
        }

        var share = (double)_done / _steps;
        var left = Stopwatch.GetElapsedTime(_started).TotalSeconds / share * (1 - share);
        var full = (int)(share * Width);
        var bar = new string('█', full) + new string('░', Width - full);
        _console.Write(new ControlCode(FormattableString.Invariant(
            $"\r\u001b[K{bar} {share * 100,3:0} %  {left,4:0} s left  {name}")));
    }

    /// <summary>Removes the bar.</summary>
    public void End() => _console?.Write(new ControlCode("\r\u001b[K"));
}
