using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;
using LowLatencyQuoter.Feeds.Live;
using LowLatencyQuoter.Server.Membership;

namespace LowLatencyQuoter.Server.Health;

/// <summary>
/// Whether instruments can be served: quotes exist and at least one live book is behind them. Threads: any; reads what
/// the engine publishes and disturbs nobody.
/// </summary>
public sealed class Readiness
{
    private readonly IReadOnlyList<QuoteRing> _quotes;

    /// <summary>Judges the instruments of <paramref name="table"/>.</summary>
    /// <param name="quotes">The quotes of each instrument.</param>
    /// <param name="table">The books.</param>
    /// <param name="instruments">Which instruments there are; null: all of the table, for ever.</param>
    public Readiness(IReadOnlyList<QuoteRing> quotes, BookTable table, InstrumentDirectory? instruments = null)
    {
        _quotes = quotes;
        Table = table;
        Instruments = instruments ?? new InstrumentDirectory(table.Instruments);
    }

    /// <summary>Which instruments there are.</summary>
    public InstrumentDirectory Instruments { get; }

    /// <summary>The books.</summary>
    public BookTable Table { get; }

    /// <summary>The connections to the venues, for the report.</summary>
    public Func<IReadOnlyList<IVenueConnection>> Venues { get; init; } = static () => [];

    /// <summary>True when the instrument is quoted from a live book.</summary>
    public bool IsServing(int instrument) => WhyNot(instrument) is null;

    /// <summary>Why the instrument is not served, for people; null when it is.</summary>
    public string? WhyNot(int instrument)
    {
        foreach (var (book, _) in Table.BooksOf(instrument))
        {
            if (Table.Statuses[book].State == BookState.Live)
            {
                return _quotes[instrument].Cursor >= 0 ? null : $"{Table.Instruments[instrument]} has no quote yet";
            }
        }

        return $"no book of {Table.Instruments[instrument]} is live";
    }
}
