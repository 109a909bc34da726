using System;
using System.Collections.Generic;
using System.Text;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Feeds.Samples;

/// <summary>
/// Everything that can happen to one book between connecting and disconnecting, in the order of a day: updates before
/// the snapshot, the usual traffic, other spellings of it, messages of many slots, a gap, finer numbers, a market that
/// jumps, a frame that is cut off. Immutable.
/// </summary>
public sealed class SampleDay
{
    private const int Depth = 150;
    private const int FarLevels = 200;   // so that a snapshot is as long as one that was cut off, whatever is deleted
    private const int UpdateLevels = 20;
    private const int LargeLevels = 150;
    private const int JumpTicks = 50_000;   // further than a ladder's window reaches
    private readonly List<SampleStep> _steps = [];
    private readonly ISamplePrinter _printer;
    private readonly SampleBook _book;
    private readonly bool _restSnapshots;
    private readonly bool _isLimited;

    private SampleDay(ISamplePrinter printer, BookDefinition definition)
    {
        _printer = printer;
        _restSnapshots = definition.SnapshotSource == SnapshotSource.Rest;
        _isLimited = definition.SnapshotLevels != 0;
        _book = new SampleBook(
            definition.Symbol,
            _isLimited ? definition.SnapshotLevels + FarLevels : Depth,
            definition.WindowLevels,
            definition.SnapshotSource == SnapshotSource.EveryMessage);
    }

    /// <summary>What the venue sends, in order. The book is live at the end.</summary>
    public IReadOnlyList<SampleStep> Steps => _steps;

    /// <summary>Writes the day of a book.</summary>
    public static SampleDay Write(ISamplePrinter printer, BookDefinition definition)
    {
        var day = new SampleDay(printer, definition);
        day.Write();
        return day;
    }

    private void Write()
    {
        Frame(_printer.Opening(_book));

        // 1. what comes before the snapshot is buffered and applied behind it
        var early = _restSnapshots ? _printer.Snapshot(_book) : "";
        Traffic(3);
        Snapshot(_restSnapshots ? early : _printer.Snapshot(_book));

        // 2. the usual traffic, then the same spelled otherwise
        Traffic(48);
        OtherSpellings(8);

        // 3. messages of several slots
        Frame(_printer.Update(_book, _book.Change(LargeLevels)));
        Frame(Spaced(_printer.Update(_book, _book.Change(LargeLevels))));

        // 4. a gap where there are update ids
        _book.Skip();
        Traffic(2);
        Snapshot(_printer.Snapshot(_book));
        Traffic(10);

        // 5. finer numbers, the short way and the long way
        Frame(_printer.Update(_book, _book.Refine()));
        Traffic(3);
        OtherSpellings(2);

        // 6. a market that is suddenly elsewhere, beyond what is known of it, and back
        Frame(_printer.Update(_book, _book.Jump(JumpTicks)));
        Traffic(10);
        if (_isLimited)
        {
            Snapshot(_printer.Snapshot(_book));
        }

        Frame(_printer.Update(_book, _book.Jump(-JumpTicks)));
        Traffic(10);

        // 7. answers, signs of life, refusals
        foreach (var other in _printer.Others(_book))
        {
            Frame(other);
        }

        // 8. a frame that is cut off: the book has a hole
        var whole = _printer.Update(_book, _book.Change(UpdateLevels));
        var last = _printer.IsBinary ? 0 : whole.LastIndexOf('\n') + 1;
        Frame(whole[..(last + ((whole.Length - last) / 2))]);
        Snapshot(_printer.Snapshot(_book));
        Snapshot(_printer.Snapshot(_book));   // where frames are numbered the first one is in doubt: asked for again
        Traffic(12);
    }

    private void Traffic(int updates)
    {
        for (var update = 0; update < updates; update++)
        {
            Frame(_printer.Update(_book, _book.Change(update % 10 == 9 ? 2 : UpdateLevels)));
        }
    }

    private void OtherSpellings(int updates)
    {
        for (var update = 0; update < updates; update++)
        {
            Frame(Spaced(_printer.Update(_book, _book.Change(UpdateLevels))));
        }
    }

    /// <summary>The same JSON with white space, which no venue prints.</summary>
    private string Spaced(string message) => _printer.IsBinary ? message
        : message.StartsWith('[')
        ? message.Replace(",", ", ", StringComparison.Ordinal)
        : message.Replace("\":", "\" : ", StringComparison.Ordinal);

    private void Snapshot(string text)
    {
        if (_restSnapshots)
        {
            _steps.Add(new SampleStep(true, Encoding.UTF8.GetBytes(text)));
        }
        else
        {
            Frame(text);
        }
    }

    private void Frame(string text)
    {
        if (_printer.IsBinary && !text.StartsWith('{'))
        {
            if (text.Length != 0)
            {
                _steps.Add(new SampleStep(false, Encoding.Latin1.GetBytes(text)) { IsBinary = true });
            }

            return;
        }

        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _steps.Add(new SampleStep(false, Encoding.UTF8.GetBytes(line)));
        }
    }
}
