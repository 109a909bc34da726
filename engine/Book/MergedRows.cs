using System;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>
/// The best rows of one side of the merged book, kept from merge to merge, often more than are quoted: every row of
/// every quoted venue that does not come after the last one. With them stands the version of each venue's side that
/// they are from. Threads: one, the engine's.
/// </summary>
internal sealed class MergedRows
{
    private readonly long[] _versions;
    private QuoteRow[] _rows = [];
    private QuoteRow[] _next = [];

    /// <summary>Holds nothing yet.</summary>
    public MergedRows(int members)
    {
        _versions = new long[members];
        Forget();
    }

    /// <summary>Count of rows held.</summary>
    public int Count { get; private set; }

    /// <summary>True when rows come after the last one.</summary>
    public bool HasMore { get; private set; }

    /// <summary>The rows held, best first.</summary>
    public ReadOnlySpan<QuoteRow> Rows => new(_rows, 0, Count);

    /// <summary>Of which version of each venue's side the rows are.</summary>
    public Span<long> Versions => _versions;

    /// <summary>Where the rows of the next state are written; at least twice as many as are wanted.</summary>
    public Span<QuoteRow> Next => _next;

    /// <summary>Makes room for so many wanted rows; cold: only when the count of rows changes.</summary>
    public void Reserve(int rows)
    {
        var capacity = (2 * rows) + 4;
        if (_rows.Length < capacity)
        {
            _rows = new QuoteRow[capacity];
            _next = new QuoteRow[capacity];
            Forget();
        }
    }

    /// <summary>Nothing that is held counts any longer.</summary>
    [HotPath]
    public void Forget()
    {
        _versions.AsSpan().Fill(-1);
        Count = 0;
        HasMore = true;
    }

    /// <summary>Copies the best rows; returns how many.</summary>
    [HotPath]
    public int CopyTo(Span<QuoteRow> rows)
    {
        var count = Math.Min(Count, rows.Length);
        Rows[..count].CopyTo(rows);
        return count;
    }

    /// <summary>The rows in <see cref="Next"/> are the state now.</summary>
    [HotPath]
    public void Turn(int count, bool hasMore)
    {
        (_rows, _next) = (_next, _rows);
        Count = count;
        HasMore = hasMore;
    }
}
