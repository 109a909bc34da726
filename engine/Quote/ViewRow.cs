using System;

namespace LowLatencyQuoter.Engine.Quote;

/// <summary>One row of a view of a quote.</summary>
public struct ViewRow
{
    /// <summary>
    /// What a taker pays or gets for one unit, at the view's price scale. 128 bits, because a price and a fee together
    /// need more than 64; the number is exact for any price.
    /// </summary>
    public Int128 Price;

    /// <summary>The venue's own price, at the quote's price scale.</summary>
    public long QuotedPrice;

    /// <summary>Quantity, at the quote's quantity scale.</summary>
    public long Quantity;

    /// <summary>Index of the venue among the quote's members.</summary>
    public int Member;
}
