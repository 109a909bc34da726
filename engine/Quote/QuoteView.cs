using System;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Engine.Quote;

/// <summary>
/// A quote as one subscriber wants it: with each venue's taker fee in the prices and ranked anew by them, or with fewer
/// levels, or both. Computed from a quote that was read, on the reader's thread: the writer knows nothing of it. Exact
/// integers; nothing is allocated after construction. Who buys pays <c>price * (1 + fee)</c>, who sells gets
/// <c>price * (1 - fee)</c>; order: best such price first, at equal price the larger quantity, then the order of
/// venues. Threads: one, as its <see cref="QuoteReader"/>.
/// </summary>
[HotPath]
public sealed class QuoteView
{
    private readonly FeeRate[] _fees;
    private readonly ViewSide<BidSide> _bids;
    private readonly ViewSide<AskSide> _asks;
    private readonly BookState[] _states = new BookState[QuoteHeader.MaxMembers];
    private int _quotedPriceScale = -1;

    /// <summary>A view of quotes as they are, with at most <paramref name="levels"/> rows a side.</summary>
    public QuoteView(int levels)
        : this(levels, [])
    {
    }

    /// <summary>A view with the venues' fees in it.</summary>
    /// <param name="levels">Rows a side, 1 to 1,000; a quote may have fewer.</param>
    /// <param name="takerFees">
    /// Of each venue of the instrument, in the order of the quote's members; none: no fees.
    /// </param>
    public QuoteView(int levels, ReadOnlySpan<FeeRate> takerFees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levels, QuoteRing.MaxLevels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(takerFees.Length, QuoteHeader.MaxMembers, nameof(takerFees));
        _fees = takerFees.ToArray();
        _bids = new ViewSide<BidSide>(levels, takerFees);
        _asks = new ViewSide<AskSide>(levels, takerFees);
    }

    /// <summary>
    /// Decimal digits of the view's prices: those of the quote, and <see cref="FeeRate.Digits"/> more when there are
    /// fees. Up to 24.
    /// </summary>
    public int PriceScale => _quotedPriceScale + (_fees.Length != 0 ? FeeRate.Digits : 0);

    /// <summary>Decimal digits of quantities, as in the quote.</summary>
    public int QuantityScale { get; private set; }

    /// <summary>The bid rows, best first.</summary>
    public ReadOnlySpan<ViewRow> Bids => _bids.Rows;

    /// <summary>The ask rows, best first.</summary>
    public ReadOnlySpan<ViewRow> Asks => _asks.Rows;

    /// <summary>
    /// How many of <see cref="Bids"/>, from the best on, no level can outrank that the quote left out. Behind them a
    /// venue with a low fee might stand that has levels below the quote's last row: quote more levels to see further.
    /// </summary>
    public int SureBids => _bids.Sure;

    /// <summary>Likewise of <see cref="Asks"/>.</summary>
    public int SureAsks => _asks.Sure;

    /// <summary>True when both sides have a row.</summary>
    public bool HasSpread => _bids.Rows.Length != 0 && _asks.Rows.Length != 0;

    /// <summary>Best ask less best bid, at <see cref="PriceScale"/>; 0 when a side is empty.</summary>
    public Int128 Spread => HasSpread ? _asks.Rows[0].Price - _bids.Rows[0].Price : 0;

    /// <summary>Takes the quote that the reader holds.</summary>
    /// <returns>
    /// True when a row, a scale or a venue's state differs from the quote taken before: what this subscriber can see.
    /// </returns>
    /// <exception cref="ArgumentException">The quote has another number of venues than there are fees.</exception>
    public bool Take(QuoteReader quote)
    {
        ref var header = ref quote.Header;
        if (_fees.Length != 0 && _fees.Length != header.MemberCount)
        {
            throw new ArgumentException(
                $"the quote has {header.MemberCount} venues and the view {_fees.Length} fees: give one for each",
                nameof(quote));
        }

        var changed = header.PriceScale != _quotedPriceScale || header.QuantityScale != QuantityScale;
        _quotedPriceScale = header.PriceScale;
        QuantityScale = header.QuantityScale;
        for (var member = 0; member < header.MemberCount; member++)
        {
            var state = header.Member(member).State;
            changed |= state != _states[member];
            _states[member] = state;
        }

        var states = _states.AsSpan(0, header.MemberCount);
        changed |= _bids.Take(quote.Bids, header.BidCount == quote.Levels, states);
        changed |= _asks.Take(quote.Asks, header.AskCount == quote.Levels, states);
        return changed;
    }
}
