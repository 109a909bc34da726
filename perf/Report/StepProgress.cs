using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using Spectre.Console;

namespace LowLatencyQuoter.Perf.Report;

/// <summary>
/// A progress bar on stderr where that is a terminal; silent elsewhere. It is drawn between windows and a few times a
/// second at most, by the thread that waits: a bar that redraws itself would take a core from what is measured. It is
/// put together in one buffer, since what it allocated in ten minutes would be the collection that a soak looks for.
/// </summary>
internal sealed class StepProgress : IDisposable
{
    private const int Width = 30;
    private const string ClearLine = "\r\u001b[K";
    private static readonly TimeSpan UsuallyApart = TimeSpan.FromMilliseconds(500);
    private readonly TimeSpan _apart;
    private readonly TextWriter? _output;
    private readonly char[] _line = new char[160];
    private readonly char[] _bar = new char[Width];
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _drawn;

    /// <summary>Draws on a terminal that understands control codes; null: nowhere.</summary>
    internal StepProgress(TextWriter? output, TimeSpan apart)
    {
        _output = output;
        _apart = apart;
    }

    /// <summary>A bar on a terminal, else nothing.</summary>
    public static StepProgress OnTerminal() =>
        new(!Console.IsErrorRedirected && IsTerminal() ? Console.Error : null, UsuallyApart);

    /// <summary>No bar at all.</summary>
    public static StepProgress Silent() => new(null, UsuallyApart);

    /// <summary>True when there is a bar; then showing it costs a little.</summary>
    public bool IsShown => _output is not null;

    /// <summary>Shows how far the work is.</summary>
    /// <param name="share">0 to 1.</param>
    /// <param name="what">What is under way.</param>
    public void Show(double share, string what)
    {
        if (_output is null || (_drawn != 0 && Stopwatch.GetElapsedTime(_drawn) < _apart))
        {
            return;
        }

        _drawn = Stopwatch.GetTimestamp();
        share = Math.Clamp(share, 0, 1);
        var full = (int)(share * Width);
        _bar.AsSpan(0, full).Fill('█');
        _bar.AsSpan(full).Fill('░');

        // as int: of other numbers the first drawings, which run code not yet optimized, would make objects
        var percent = (int)Math.Round(share * 100);
        var left = (int)(Stopwatch.GetElapsedTime(_started).TotalSeconds / Math.Max(share, 1e-9) * (1 - share));
        var isWhole = share < 0.001
            ? Line.TryWrite(CultureInfo.InvariantCulture, $"{ClearLine}{Bar}   0 %  {what}", out var length)
            : Line.TryWrite(
                CultureInfo.InvariantCulture,
                $"{ClearLine}{Bar} {percent,3} %  {left,4} s left  {what}",
                out length);
        _output.Write(_line, 0, isWhole ? length : _line.Length);
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose() => _output?.Write(ClearLine);

    private Span<char> Line => _line;

    private ReadOnlySpan<char> Bar => _bar;

    private static bool IsTerminal() => AnsiConsole
        .Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) })
        .Profile.Capabilities.Ansi;
}
