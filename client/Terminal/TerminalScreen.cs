using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>
/// The terminal's alternate screen. A picture is written at once and only where its lines changed, so nothing flickers;
/// leaving brings back what was there before. One thread at a time.
/// </summary>
internal sealed class TerminalScreen : IDisposable
{
    // Alternate screen on, cursor hidden, no wrapping at the right margin; and the reverse.
    private const string Enter = "\e[?1049h\e[?25l\e[?7l";
    private const string Leave = "\e[?7h\e[?25h\e[?1049l";
    // Terminals that know synchronized output show what lies between as one picture; others ignore it.
    private const string BeginPicture = "\e[?2026h";
    private const string EndPicture = "\e[?2026l";
    private const string EraseScreen = "\e[0m\e[2J";
    private const string EraseToEndOfLine = "\e[0m\e[K";

    private readonly TextWriter _terminal;
    private readonly StringBuilder _update = new();
    private IReadOnlyList<string> _shown = [];
    private (int Width, int Height) _size;

    /// <summary>Switches the terminal to the alternate screen.</summary>
    public TerminalScreen(TextWriter terminal)
    {
        _terminal = terminal;
        Send(Enter);
    }

    /// <summary>Takes the terminal back from whoever wrote on it meanwhile: the next picture is whole.</summary>
    public void Retake()
    {
        _size = default;
        Send(Enter);
    }

    /// <summary>Shows lines, the first at the top; lines beyond the height are left out.</summary>
    public void Paint(IReadOnlyList<string> lines, int width, int height)
    {
        _update.Clear();
        if (_size != (width, height))
        {
            _size = (width, height);
            _shown = [];
            _update.Append(EraseScreen);
        }

        for (var row = 0; row < Math.Min(Math.Max(lines.Count, _shown.Count), height); row++)
        {
            var line = row < lines.Count ? lines[row] : "";
            if (row >= _shown.Count || _shown[row] != line)
            {
                _update.Append(CultureInfo.InvariantCulture, $"\e[{row + 1};1H").Append(line).Append(EraseToEndOfLine);
            }
        }

        _shown = lines;
        if (_update.Length > 0)
        {
            Send(BeginPicture + _update + EndPicture);
        }
    }

    /// <summary>Brings back the normal screen and the cursor.</summary>
    public void Dispose() => Send(Leave);

    private void Send(string text)
    {
        try
        {
            _terminal.Write(text);
            _terminal.Flush();
        }
        catch (IOException failure)
        {
            throw new OutputClosedException(failure);   // the window was closed under us
        }
    }
}
