using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Quote;

/// <summary>
/// One side of a <see cref="QuoteView"/>. A quote's rows of one venue keep their order whatever its fee, so the view is
/// a merge of the venues' rows. Threads: one, the view's.
/// </summary>
/// <typeparam name="TSide">Bids or asks.</typeparam>
[HotPath]
internal sealed class ViewSide<TSide>
    where TSide : struct, ISide
{
    private readonly ViewRow[] _rows;
    private readonly long[] _factors = new long[QuoteHeader.MaxMembers];
    private readonly Int128[] _prices = new Int128[QuoteHeader.MaxMembers];   // of each venue's next row
    private readonly int[] _heads = new int[QuoteHeader.MaxMembers];          // each venue's next row, or -1
    private readonly int[] _next = new int[QuoteRing.MaxLevels];              // the same venue's row behind each row
    private int _count;

    /// <summary>Prepares so many rows; the fee of each venue, or none at all.</summary>
    public ViewSide(int levels, ReadOnlySpan<FeeRate> fees)
    {
        _rows = new ViewRow[levels];
        Array.Fill(_factors, 1);
        for (var member = 0; member < fees.Length; member++)
        {
            // a fee makes buying dearer and selling yield less
            var fee = fees[member].Hundredths;
            _factors[member] = FeeRate.Whole + (TSide.Side == Side.Ask ? fee : -fee);
        }
    }

    /// <summary>The rows, best first.</summary>
    public ReadOnlySpan<ViewRow> Rows => _rows.AsSpan(0, _count);

    /// <summary>How many of the rows, from the best on, nothing that the quote left out can outrank.</summary>
    public int Sure { get; private set; }

    /// <summary>Takes the rows of a quote; true when a row differs from those before.</summary>
    /// <param name="rows">The quote's rows, best first.</param>
    /// <param name="isFull">True when the quote may have left levels out.</param>
    /// <param name="states">State of each venue.</param>
    public bool Take(ReadOnlySpan<QuoteRow> rows, bool isFull, ReadOnlySpan<BookState> states)
    {
        Chain(rows);
        var changed = false;
        var count = 0;
        for (; count < _rows.Length; count++)
        {
            var best = FindBest(rows, states.Length);
            if (best < 0)
            {
                break;
            }

            changed |= Put(in rows[_heads[best]], _prices[best], ref _rows[count]);
            Advance(rows, best);
        }

        changed |= count != _count;
        _count = count;
        Sure = isFull && count != 0 ? CountSure(in rows[^1], states) : count;
        return changed;
    }

    private static bool Better(Int128 price, Int128 than) => TSide.Side == Side.Bid ? price > than : price < than;

    private static bool Put(in QuoteRow from, Int128 price, ref ViewRow row)
    {
        if (row.Price == price && row.QuotedPrice == from.Price && row.Quantity == from.Quantity
            && row.Member == from.Member)
        {
            return false;
        }

        row.Price = price;
        row.QuotedPrice = from.Price;
        row.Quantity = from.Quantity;
        row.Member = from.Member;
        return true;
    }

    /// <summary>Links the rows of each venue, and puts its first one at its head.</summary>
    private void Chain(ReadOnlySpan<QuoteRow> rows)
    {
        _heads.AsSpan().Fill(-1);
        for (var index = rows.Length - 1; index >= 0; index--)
        {
            ref var head = ref _heads[rows[index].Member];
            _next[index] = head;
            head = index;
        }

        for (var member = 0; member < _heads.Length; member++)
        {
            SetPrice(rows, member);
        }
    }

    private void Advance(ReadOnlySpan<QuoteRow> rows, int member)
    {
        _heads[member] = _next[_heads[member]];
        SetPrice(rows, member);
    }

    private void SetPrice(ReadOnlySpan<QuoteRow> rows, int member)
    {
        if (_heads[member] >= 0)
        {
            _prices[member] = (Int128)rows[_heads[member]].Price * _factors[member];
        }
    }

    /// <summary>The venue whose next row comes first; -1 when all are used up.</summary>
    private int FindBest(ReadOnlySpan<QuoteRow> rows, int members)
    {
        var best = -1;
        for (var member = 0; member < members; member++)
        {
            var head = _heads[member];
            if (head >= 0
                && (best < 0
                    || Better(_prices[member], _prices[best])
                    || (_prices[member] == _prices[best] && rows[head].Quantity > rows[_heads[best]].Quantity)))
            {
                best = member;
            }
        }

        return best;
    }

    /// <summary>
    /// What was left out comes after the quote's last row: its own price is no better, so with the lowest fee there is
    /// it is no better than <c>bound</c>; and at the bound it comes after the last row by quantity and venue.
    /// </summary>
    private int CountSure(in QuoteRow last, ReadOnlySpan<BookState> states)
    {
        var bound = (Int128)last.Price * _factors[last.Member];
        for (var member = 0; member < states.Length; member++)
        {
            var price = (Int128)last.Price * _factors[member];
            if (states[member] == BookState.Live && Better(price, bound))
            {
                bound = price;
            }
        }

        var sure = 0;
        while (sure < _count && IsSure(in _rows[sure], in last, bound))
        {
            sure++;
        }

        return sure;
    }

    private static bool IsSure(in ViewRow row, in QuoteRow last, Int128 bound)
    {
        if (row.Price != bound)
        {
            return Better(row.Price, bound);
        }

        return row.Quantity != last.Quantity ? row.Quantity > last.Quantity : row.Member <= last.Member;
    }
}
