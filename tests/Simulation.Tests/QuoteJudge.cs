using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>
/// Holds each quote against the venues' own books: a venue's rows are the best of one state of its book, the one that
/// was read last; none is missing, price and quantity are exact, and the rows are in order.
/// </summary>
internal sealed class QuoteJudge
{
    private readonly IReadOnlyList<JudgedBook> _books;
    private readonly List<QuoteRow> _own = [];

    public QuoteJudge(IReadOnlyList<JudgedBook> books) => _books = books;

    /// <summary>Quotes judged.</summary>
    public long Quotes { get; private set; }

    /// <summary>Rows of them.</summary>
    public long Rows { get; private set; }

    /// <summary>Judges the quote that the reader holds.</summary>
    /// <exception cref="SimulationException">It is wrong.</exception>
    public void Judge(QuoteReader quote)
    {
        Quotes++;
        Rows += quote.Bids.Length + quote.Asks.Length;
        InOrder(quote, quote.Bids, 1);
        InOrder(quote, quote.Asks, -1);
        for (var member = 0; member < quote.Header.MemberCount; member++)
        {
            Judge(quote, member);
        }
    }

    private static void InOrder(QuoteReader quote, ReadOnlySpan<QuoteRow> rows, int sign)
    {
        for (var row = 1; row < rows.Length; row++)
        {
            if (Compare(rows[row - 1], rows[row], sign) >= 0)
            {
                throw Wrong(quote, $"rows {row - 1} and {row} are not in order");
            }
        }
    }

    /// <summary>Less than 0 when the first row comes first.</summary>
    private static int Compare(QuoteRow first, QuoteRow second, int sign)
    {
        var byPrice = -sign * first.Price.CompareTo(second.Price);
        var byQuantity = second.Quantity.CompareTo(first.Quantity);
        return byPrice != 0 ? byPrice : byQuantity != 0 ? byQuantity : first.Member.CompareTo(second.Member);
    }

    private void Judge(QuoteReader quote, int member)
    {
        ref var header = ref quote.Header;
        var book = _books[header.Member(member).Book];
        if (header.Member(member).State != BookState.Live)
        {
            if (Has(quote.Bids, member) || Has(quote.Asks, member))
            {
                throw Wrong(quote, $"rows of {book.Name}, which is {header.Member(member).State}");
            }

            return;
        }

        var states = book.Receipts.StatesAt(header.Member(member).ReceivedNanos, out var mixed);
        foreach (var (earliest, latest) in states)
        {
            if (mixed && IsMixture(quote, member, book, earliest, latest))
            {
                return;
            }

            for (var state = latest; state >= earliest; state--)
            {
                var top = book.History[state];
                if (IsBest(quote, member, book, quote.Bids, top.Bids, 1)
                    && IsBest(quote, member, book, quote.Asks, top.Asks, -1))
                {
                    book.Receipts.Shown = Math.Max(book.Receipts.Shown, state);
                    return;
                }
            }
        }

        var shown = states.Count == 0 ? "nothing was read" : Text(book.History[states[0].Latest]);
        throw Wrong(
            quote,
            $"{book.Name}: its rows are no state of its book that was read (states {string.Join(' ', states)}; the "
            + $"last: {shown})");
    }

    private static bool Has(ReadOnlySpan<QuoteRow> rows, int member)
    {
        foreach (ref readonly var row in rows)
        {
            if (row.Member == member)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the venue's rows are the best of its book, and the next would not be shown.</summary>
    private bool IsBest(
        QuoteReader quote, int member, JudgedBook book, ReadOnlySpan<QuoteRow> rows, Rung[] rungs, int sign)
    {
        _own.Clear();
        foreach (ref readonly var row in rows)
        {
            if (row.Member == member)
            {
                _own.Add(row);
            }
        }

        var known = Math.Min(rungs.Length, book.Window);
        if (_own.Count > known)
        {
            return false;
        }

        for (var rank = 0; rank < _own.Count; rank++)
        {
            var expected = RowOf(quote, member, book, rungs[rank]);
            if (_own[rank].Price != expected.Price || _own[rank].Quantity != expected.Quantity)
            {
                return false;
            }
        }

        if (_own.Count == known)
        {
            return true;
        }

        return rows.Length == quote.Levels
            && Compare(rows[^1], RowOf(quote, member, book, rungs[_own.Count]), sign) < 0;
    }

    /// <summary>In the midst of a step's changes each level is one of the step before or after.</summary>
    private static bool IsMixture(QuoteReader quote, int member, JudgedBook book, int earliest, int latest)
    {
        foreach (var isBid in (bool[])[true, false])
        {
            foreach (ref readonly var row in isBid ? quote.Bids : quote.Asks)
            {
                if (row.Member != member)
                {
                    continue;
                }

                var found = false;
                for (var state = latest; state >= earliest && !found; state--)
                {
                    foreach (var rung in isBid ? book.History[state].Bids : book.History[state].Asks)
                    {
                        var level = RowOf(quote, member, book, rung);
                        found |= level.Price == row.Price && level.Quantity == row.Quantity;
                    }
                }

                if (!found)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static QuoteRow RowOf(QuoteReader quote, int member, JudgedBook book, Rung rung)
    {
        var listing = book.History.Book.Listing;
        return new QuoteRow
        {
            Price = Scaled(rung.Ticks, listing.PriceDecimals, quote.Header.PriceScale),
            Quantity = Scaled(rung.Lots, listing.QuantityDecimals, quote.Header.QuantityScale),
            Member = member,
        };
    }

    /// <summary>The same on another scale; what does not fit it is no number that a quote shows.</summary>
    private static long Scaled(long value, int decimals, int scale)
    {
        if (scale >= decimals)
        {
            return checked(value * Scale.Power(scale - decimals));
        }

        var power = Scale.Power(decimals - scale);
        return value % power == 0 ? value / power : long.MinValue;
    }

    private static string Text(BookTop top) =>
        $"bids {string.Join(' ', top.Bids)} asks {string.Join(' ', top.Asks)}";

    private static SimulationException Wrong(QuoteReader quote, string what)
    {
        var invariant = CultureInfo.InvariantCulture;
        string Side(ReadOnlySpan<QuoteRow> rows) => string.Join(' ', rows.ToArray().Select(
            row => string.Create(invariant, $"{row.Price}x{row.Quantity}@{row.Member}")));
        return new SimulationException(
            $"quote {quote.Header.Sequence} of instrument {quote.Header.Instrument}: {what}\n"
            + $"  bids {Side(quote.Bids)}\n  asks {Side(quote.Asks)}");
    }
}
