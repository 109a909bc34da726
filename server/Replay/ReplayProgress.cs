using System;
using Spectre.Console;

namespace LowLatencyQuoter.Server.Replay;

/// <summary>
/// A progress bar on stderr with records a second and the time left, where stderr is a terminal; silent elsewhere.
/// Redrawn at most ten times a second. One thread.
/// </summary>
internal sealed class ReplayProgress : IDisposable
{
    private const long TicksApart = TimeSpan.TicksPerSecond / 10;
    private const int LookEvery = 64;
    private const int Width = 30;
    private readonly IAnsiConsole? _console;
    private string _phase = "";
    private long _started;
    private long _shown;
    private long _records;

    private ReplayProgress(IAnsiConsole? console) => _console = console;

    /// <summary>Starts it.</summary>
    public static ReplayProgress Start() => new(Console.IsErrorRedirected
        ? null
        : AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));

    /// <summary>Counts a record and redraws when it is time.</summary>
    public void Show(string phase, (long Done, long Total) bytes)
    {
        if (_console is null)
        {
            return;
        }

        if (!ReferenceEquals(phase, _phase))
        {
            _phase = phase;
            _records = 0;
            _started = Environment.TickCount64;
        }

        if (++_records % LookEvery != 0)
        {
            return;
        }

        var now = Environment.TickCount64 * TimeSpan.TicksPerMillisecond;
        if (now - _shown >= TicksApart)
        {
            _shown = now;
            Draw(bytes);
        }
    }

    /// <summary>Removes the bar.</summary>
    public void End() => _console?.Write(new ControlCode("\r\u001b[K"));

    /// <inheritdoc/>
    public void Dispose() => End();

    private void Draw((long Done, long Total) bytes)
    {
        var share = bytes.Total == 0 ? 1 : Math.Min(1, (double)bytes.Done / bytes.Total);
        var seconds = Math.Max(0.001, (Environment.TickCount64 - _started) / 1e3);
        var left = share == 0 ? "" : FormattableString.Invariant($"{seconds / share * (1 - share):0.0} s left");
        var full = (int)(share * Width);
        var bar = new string('█', full) + new string('░', Width - full);
        _console!.Write(new ControlCode(FormattableString.Invariant(
            $"\r\u001b[K{_phase,-9} {bar} {share * 100,3:0} %  {_records / seconds:#,0} records/s  {left}")));
    }
}
