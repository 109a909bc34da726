using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Feeds.Live;

namespace LowLatencyQuoter.Server.Health;

/// <summary>
/// Whether instruments can be served: quotes exist and at least one live book is behind them. Threads: any; reads what
/// the engine publishes and disturbs nobody.
/// </summary>
public sealed class Readiness
{
    private readonly IReadOnlyList<QuoteRing> _quotes;
    private readonly IReadOnlyList<(int Book, BookDefinition Definition)>[] _books;

    /// <summary>Judges the instruments of <paramref name="table"/>.</summary>
    /// <param name="quotes">The quotes of each instrument.</param>
    /// <param name="table">The books.</param>
    public Readiness(IReadOnlyList<QuoteRing> quotes, BookTable table)
    {
        _quotes = quotes;
        Table = table;
        _books = new IReadOnlyList<(int, BookDefinition)>[quotes.Count];
        for (var instrument = 0; instrument < _books.Length; instrument++)
        {
            _books[instrument] = table.BooksOf(instrument);
        }
    }

    /// <summary>The books.</summary>
    public BookTable Table { get; }

    /// <summary>The connections to the venues, for the report.</summary>
    public IReadOnlyList<IVenueConnection> Venues { get; init; } = [];

    /// <summary>True when the instrument is quoted from a live book.</summary>
    public bool IsServing(int instrument) => WhyNot(instrument) is null;

    /// <summary>Why the instrument is not served, for people; null when it is.</summary>
    public string? WhyNot(int instrument)
    {
        foreach (var (book, _) in _books[instrument])
        {
            if (Table.Statuses[book].State == BookState.Live)
            {
                return _quotes[instrument].Cursor >= 0 ? null : $"{Table.Instruments[instrument]} has no quote yet";
            }
        }

        return $"no book of {Table.Instruments[instrument]} is live";
    }
}
