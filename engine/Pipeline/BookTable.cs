using System;
using System.Collections.Generic;
using System.Threading;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// Every book of the process with its definition and status, and which instrument it belongs to. Made once before the
/// threads start; the levels are the pipeline's. A table may have room for books that nobody lists yet: those are no
/// part of anything until <see cref="List"/>. Threads: any may read; one at a time lists and unlists.
/// </summary>
public sealed class BookTable
{
    private readonly int[] _members;
    private readonly string[] _instruments;
    private readonly bool[] _listed;

    /// <summary>Lays the books out in the given order; a book's index is its position.</summary>
    /// <param name="instruments">Names of the consolidated instruments, for instance <c>BTC/USDT</c>.</param>
    /// <param name="definitions">The books; those of one instrument in the configured order of their venues.</param>
    /// <param name="isListed">Which of the books are there from the start; null: all of them.</param>
    public BookTable(
        IReadOnlyList<string> instruments,
        IReadOnlyList<BookDefinition> definitions,
        Func<int, bool>? isListed = null)
    {
        _instruments = [.. instruments];
        Definitions = [.. definitions];
        Statuses = new BookStatus[definitions.Count];
        _members = new int[definitions.Count];
        _listed = new bool[definitions.Count];
        var counts = new int[instruments.Count];
        for (var book = 0; book < definitions.Count; book++)
        {
            _listed[book] = isListed?.Invoke(book) ?? true;
            Statuses[book] = new BookStatus { IsAttached = _listed[book] };
            var instrument = definitions[book].Instrument;
            if ((uint)instrument >= (uint)instruments.Count)
            {
                throw new ArgumentException(
                    $"{definitions[book].Venue} {definitions[book].Symbol} belongs to instrument {instrument}, "
                    + $"and there are {instruments.Count}",
                    nameof(definitions));
            }

            _members[book] = _listed[book] ? counts[instrument]++ : -1;
        }
    }

    /// <summary>Names of the consolidated instruments; empty where there is only room for one.</summary>
    public IReadOnlyList<string> Instruments => _instruments;

    /// <summary>
    /// Definition of each book; of one that is not listed only venue, instrument and connection count.
    /// </summary>
    public BookDefinition[] Definitions { get; }

    /// <summary>Status of each book.</summary>
    public BookStatus[] Statuses { get; }

    /// <summary>Position of a book among those of its instrument at the start; -1 when it was not listed.</summary>
    public int MemberOf(int book) => _members[book];

    /// <summary>True while the book is to be served: what is shown of books leaves the others out.</summary>
    public bool IsListed(int book) => Volatile.Read(ref _listed[book]);

    /// <summary>
    /// Gives a free place to a book. The engine takes part of it with <see cref="Events.EventKind.Listed"/>, which
    /// whoever serves the book has to announce next.
    /// </summary>
    /// <param name="book">A place that is neither listed nor attached.</param>
    /// <param name="definition">The book, of the place's instrument.</param>
    /// <exception cref="InvalidOperationException">The place is taken, or belongs to another instrument.</exception>
    public void List(int book, BookDefinition definition)
    {
        if (IsListed(book) || Statuses[book].IsAttached || Definitions[book].Instrument != definition.Instrument)
        {
            throw new InvalidOperationException(
                $"place {book} is not free for {definition.Venue} {definition.Symbol}: {Definitions[book]}");
        }

        Definitions[book] = definition;
        Statuses[book] = new BookStatus(Statuses[book]);
        Volatile.Write(ref _listed[book], true);
    }

    /// <summary>
    /// The book is to be served no more. Its place is free again when its status is not attached any more, after
    /// <see cref="Events.EventKind.Delisted"/>.
    /// </summary>
    public void Unlist(int book) => Volatile.Write(ref _listed[book], false);

    /// <summary>Names the instrument of a place; empty: there is none.</summary>
    public void Name(int instrument, string name) => Volatile.Write(ref _instruments[instrument], name);

    /// <summary>Listed books of one instrument with their indexes, in order.</summary>
    public IReadOnlyList<(int Book, BookDefinition Definition)> BooksOf(int instrument)
    {
        var books = new List<(int, BookDefinition)>();
        for (var book = 0; book < Definitions.Length; book++)
        {
            if (IsListed(book) && Definitions[book].Instrument == instrument)
            {
                books.Add((book, Definitions[book]));
            }
        }

        return books;
    }
}
