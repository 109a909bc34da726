using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// Every book of the process with its definition and status, and which instrument it belongs to. Made once before the
/// threads start; the levels are the pipeline's. Threads: any may read.
/// </summary>
public sealed class BookTable
{
    private readonly int[] _members;

    /// <summary>Lays the books out in the given order; a book's index is its position.</summary>
    /// <param name="instruments">Names of the consolidated instruments, for instance <c>BTC/USDT</c>.</param>
    /// <param name="definitions">The books; those of one instrument in the configured order of their venues.</param>
    public BookTable(IReadOnlyList<string> instruments, IReadOnlyList<BookDefinition> definitions)
    {
        Instruments = instruments;
        Definitions = [.. definitions];
        Statuses = new BookStatus[definitions.Count];
        _members = new int[definitions.Count];
        var counts = new int[instruments.Count];
        for (var book = 0; book < definitions.Count; book++)
        {
            Statuses[book] = new BookStatus();
            var instrument = definitions[book].Instrument;
            if ((uint)instrument >= (uint)instruments.Count)
            {
                throw new ArgumentException(
                    $"{definitions[book].Venue} {definitions[book].Symbol} belongs to instrument {instrument}, "
                    + $"and there are {instruments.Count}",
                    nameof(definitions));
            }

            _members[book] = counts[instrument]++;
        }
    }

    /// <summary>Names of the consolidated instruments.</summary>
    public IReadOnlyList<string> Instruments { get; }

    /// <summary>Definition of each book.</summary>
    public BookDefinition[] Definitions { get; }

    /// <summary>Status of each book.</summary>
    public BookStatus[] Statuses { get; }

    /// <summary>Position of a book among those of its instrument.</summary>
    public int MemberOf(int book) => _members[book];

    /// <summary>Books of one instrument with their indexes, in order.</summary>
    public IReadOnlyList<(int Book, BookDefinition Definition)> BooksOf(int instrument)
    {
        var books = new List<(int, BookDefinition)>();
        for (var book = 0; book < Definitions.Length; book++)
        {
            if (Definitions[book].Instrument == instrument)
            {
                books.Add((book, Definitions[book]));
            }
        }

        return books;
    }
}
