using System;
using LowLatencyQuoter.Engine;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Server.Quotes;

/// <summary>
/// A quote as a client wants it: levels, fees, uncrossed. Exact; allocates only when venues come or go. Threads: one.
/// </summary>
/// <param name="terms">How it looks.</param>
/// <param name="levels">Rows a side that quotes have.</param>
/// <param name="table">Names the venues.</param>
/// <param name="fees">Their fees.</param>
internal sealed class QuoteShape(QuoteTerms terms, int levels, BookTable table, FeeSchedule fees)
{
    private readonly ShapedSide _bids = new(terms.Levels, terms.IsUncrossed ? levels : terms.Levels);
    private readonly ShapedSide _asks = new(terms.Levels, terms.IsUncrossed ? levels : terms.Levels);
    private readonly int[] _books = new int[QuoteHeader.MaxMembers];
    private readonly BookState[] _states = new BookState[QuoteHeader.MaxMembers];
    private int _memberCount = -1;
    private int _priceScale = -1;
    private int _quantityScale = -1;
    private QuoteView _tops = null!;    // with fees, one row a side
    private QuoteView? _view;           // with fees, all the rows that are wanted

    /// <summary>Decimal digits of prices.</summary>
    public int PriceScale => _priceScale + (terms.HasFees ? FeeRate.Digits : 0);

    /// <summary>The bid rows, best first.</summary>
    public ReadOnlySpan<ViewRow> Bids => _bids.Rows;

    /// <summary>The ask rows, best first.</summary>
    public ReadOnlySpan<ViewRow> Asks => _asks.Rows;

    /// <summary>True when both sides of the quote have a row.</summary>
    public bool HasSpread { get; private set; }

    /// <summary>Best ask less best bid with taker fees in them, of the whole quote.</summary>
    public Int128 FeeSpread => _tops.Spread;

    /// <summary>With fees: how many bids, from the best on, nothing that the quote left out can outrank.</summary>
    public int SureBids { get; private set; }

    /// <summary>Likewise of asks.</summary>
    public int SureAsks { get; private set; }

    /// <summary>Takes the quote that the reader holds; true when something that can be seen differs.</summary>
    [HotPath]
    public bool Take(QuoteReader quote)
    {
        ref var header = ref quote.Header;
        var changed = header.PriceScale != _priceScale || header.QuantityScale != _quantityScale;
        (_priceScale, _quantityScale) = (header.PriceScale, header.QuantityScale);
        if (!IsOfSameBooks(ref header))
        {
            Regroup(ref header);
            changed = true;
        }

        for (var member = 0; member < header.MemberCount; member++)
        {
            var state = header.Member(member).State;
            changed |= state != _states[member];
            _states[member] = state;
        }

        HasSpread = quote.HasSpread;
        _tops.Take(quote);
        PutRows(quote);
        if (terms.IsUncrossed)
        {
            Uncross();
        }

        // both sides, whatever the first one says
        changed |= _bids.Show();
        changed |= _asks.Show();
        if (_view is not null)
        {
            SureBids = Math.Clamp(_view.SureBids - _bids.TakenOut, 0, Bids.Length);
            SureAsks = Math.Clamp(_view.SureAsks - _asks.TakenOut, 0, Asks.Length);
        }

        return changed;
    }

    [HotPath]
    private void PutRows(QuoteReader quote)
    {
        if (_view is null)
        {
            _bids.Put(quote.Bids);
            _asks.Put(quote.Asks);
        }
        else
        {
            _view.Take(quote);
            _bids.Put(_view.Bids);
            _asks.Put(_view.Asks);
        }
    }

    /// <summary>Lets the best bid and the best ask trade until they do not meet any more.</summary>
    [HotPath]
    private void Uncross()
    {
        while (_bids.HasNext && _asks.HasNext && _bids.Best.Price >= _asks.Best.Price)
        {
            var quantity = Math.Min(_bids.Best.Quantity, _asks.Best.Quantity);
            _bids.TakeOut(quantity);
            _asks.TakeOut(quantity);
        }
    }

    [HotPath]
    private bool IsOfSameBooks(ref QuoteHeader header)
    {
        if (header.MemberCount != _memberCount)
        {
            return false;
        }

        for (var member = 0; member < _memberCount; member++)
        {
            if (header.Member(member).Book != _books[member])
            {
                return false;
            }
        }

        return true;
    }

    private void Regroup(ref QuoteHeader header)
    {
        _memberCount = header.MemberCount;
        var rates = new FeeRate[_memberCount];
        for (var member = 0; member < _memberCount; member++)
        {
            _books[member] = header.Member(member).Book;
            rates[member] = fees.TakerOf(table.Definitions[_books[member]].Venue);
        }

        _tops = new QuoteView(1, rates);
        _view = terms.HasFees ? new QuoteView(terms.IsUncrossed ? levels : terms.Levels, rates) : null;
    }
}
