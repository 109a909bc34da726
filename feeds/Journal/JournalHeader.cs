using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>
/// What a journal says before its records: everything besides the events that decides about books and quotes, so that
/// the file alone repeats the run.
/// </summary>
/// <param name="Levels">Rows a side of each quote.</param>
/// <param name="Instruments">The consolidated instruments, in the order of their indexes.</param>
/// <param name="Books">The books, in the order of theirs.</param>
public sealed record JournalHeader(
    int Levels, IReadOnlyList<string> Instruments, IReadOnlyList<JournalBook> Books)
{
    /// <summary>The header of a run.</summary>
    public static JournalHeader Of(BookTable table, int levels) => new(
        levels,
        table.Instruments,
        Array.ConvertAll(table.Definitions, book => JournalBook.Of(book, table.Instruments[book.Instrument])));

    /// <summary>As text: a line <c>levels</c>, a line an instrument, a line a book, fields by tabs.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"levels\t{Levels}\n");
        foreach (var instrument in Instruments)
        {
            text.Append(CultureInfo.InvariantCulture, $"instrument\t{instrument}\n");
        }

        foreach (var book in Books)
        {
            text.Append(CultureInfo.InvariantCulture, $"book\t{book.Write()}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; null when it is something else.</summary>
    public static JournalHeader? Parse(string text)
    {
        var levels = 0;
        var instruments = new List<string>();
        var books = new List<JournalBook>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (line.Split('\t'))
            {
                case ["levels", var count] when levels == 0
                    && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out levels)
                    && levels is >= 1 and <= 1_000:
                    break;
                case ["instrument", var name]:
                    instruments.Add(name);
                    break;
                case ["book", .. var fields] when JournalBook.Parse(fields) is { } book
                    && instruments.Contains(book.Instrument):
                    books.Add(book);
                    break;
                default:
                    return null;
            }
        }

        return levels == 0 ? null : new JournalHeader(levels, instruments, books);
    }

    /// <summary>The books as the engine wants them.</summary>
    public BookTable MakeTable()
    {
        var instruments = new List<string>(Instruments);
        var definitions = new List<Engine.Book.BookDefinition>();
        foreach (var book in Books)
        {
            definitions.Add(book.Define(instruments.IndexOf(book.Instrument)));
        }

        return new BookTable(instruments, definitions);
    }
}
