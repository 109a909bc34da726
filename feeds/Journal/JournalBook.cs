using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using LowLatencyQuoter.Engine.Pipeline;

namespace LowLatencyQuoter.Feeds.Journal;

/// <summary>One book of a journal: its index is its place in the header.</summary>
/// <param name="Venue">The venue's name.</param>
/// <param name="Symbol">The instrument in the venue's spelling.</param>
/// <param name="Instrument">The consolidated instrument it belongs to.</param>
public sealed record JournalBook(string Venue, string Symbol, string Instrument)
{
    /// <summary>The books of a table, a line each: venue, symbol and instrument, tabs between.</summary>
    public static string Describe(BookTable table)
    {
        var text = new StringBuilder();
        foreach (var book in table.Definitions)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{book.Venue}\t{book.Symbol}\t{table.Instruments[book.Instrument]}\n");
        }

        return text.ToString();
    }

    /// <summary>Reads what <see cref="Describe"/> wrote; null when it is something else.</summary>
    public static IReadOnlyList<JournalBook>? Parse(string text)
    {
        var books = new List<JournalBook>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split('\t') is not [var venue, var symbol, var instrument])
            {
                return null;
            }

            books.Add(new JournalBook(venue, symbol, instrument));
        }

        return books;
    }
}
