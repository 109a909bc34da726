using System;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>
/// One side of a quote as a client wants it: rows are put in, some are taken out from the best on, and what is left is
/// compared with what was there before. Threads: one.
/// </summary>
[HotPath]
internal sealed class ShapedSide
{
    private readonly int _levels;
    private ViewRow[] _rows;   // what is shown
    private ViewRow[] _next;   // what is being made
    private int _count;
    private int _begin;
    private int _end;

    /// <summary>Prepares a side.</summary>
    /// <param name="levels">Rows that are shown.</param>
    /// <param name="levelsTaken">Rows that are put in at most.</param>
    public ShapedSide(int levels, int levelsTaken)
    {
        _levels = levels;
        _rows = new ViewRow[levelsTaken];
        _next = new ViewRow[levelsTaken];
    }

    /// <summary>The rows, best first.</summary>
    public ReadOnlySpan<ViewRow> Rows => _rows.AsSpan(0, _count);

    /// <summary>True while rows that were put in are left.</summary>
    public bool HasNext => _begin < _end;

    /// <summary>The best row that is left.</summary>
    public ref ViewRow Best => ref _next[_begin];

    /// <summary>How many rows were taken out since they were put in.</summary>
    public int TakenOut => _begin;

    /// <summary>Puts rows in as the venues state them.</summary>
    public void Put(ReadOnlySpan<QuoteRow> rows)
    {
        (_begin, _end) = (0, Math.Min(rows.Length, _next.Length));
        for (var index = 0; index < _end; index++)
        {
            ref readonly var row = ref rows[index];
            ref var next = ref _next[index];
            next.Price = row.Price;
            next.QuotedPrice = row.Price;
            next.Quantity = row.Quantity;
            next.Member = row.Member;
        }
    }

    /// <summary>Puts the rows of a view in.</summary>
    public void Put(ReadOnlySpan<ViewRow> rows)
    {
        (_begin, _end) = (0, rows.Length);
        rows.CopyTo(_next);
    }

    /// <summary>Takes a quantity out of the best row, and the row when nothing is left of it.</summary>
    public void TakeOut(long quantity)
    {
        ref var best = ref _next[_begin];
        best.Quantity -= quantity;
        if (best.Quantity == 0)
        {
            _begin++;
        }
    }

    /// <summary>Shows what is left; true when that differs from what was shown before.</summary>
    public bool Show()
    {
        var next = _next.AsSpan(_begin, Math.Min(_end - _begin, _levels));
        var changed = next.Length != _count;
        for (var index = 0; index < next.Length && !changed; index++)
        {
            ref readonly var row = ref next[index];
            ref readonly var before = ref _rows[index];
            changed = row.Price != before.Price || row.Quantity != before.Quantity || row.Member != before.Member
                || row.QuotedPrice != before.QuotedPrice;
        }

        if (changed)
        {
            _count = next.Length;
            if (_begin == 0)
            {
                (_rows, _next) = (_next, _rows);
            }
            else
            {
                next.CopyTo(_rows);
            }
        }

        return changed;
    }
}
