using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>The best bid and ask that a feed of the venue states at an update id, on their own scales.</summary>
[HotPath]
public struct StatedTop
{
    /// <summary>The venue's update id.</summary>
    public long UpdateId;

    private Level _bid;
    private Level _ask;
    private int _priceScale;
    private int _quantityScale;

    /// <summary>Takes it from an event of kind <see cref="EventKind.TopOfBook"/>.</summary>
    public static StatedTop From(ref DepthEvent item) => new()
    {
        UpdateId = item.LastUpdateId,
        _bid = item.BidCount != 0 ? item.Bid(0) : default,
        _ask = item.AskCount != 0 ? item.Ask(0) : default,
        _priceScale = item.PriceScale,
        _quantityScale = item.QuantityScale,
    };

    /// <summary>The top that a book has now, as far as the venue told of it: also beyond the horizon.</summary>
    public static StatedTop Of<TBids, TAsks>(ref OrderBook<TBids, TAsks> book)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide> => new()
        {
            UpdateId = book.LastUpdateId,
            _bid = book.BestBid,
            _ask = book.BestAsk,
            _priceScale = book.PriceScale,
            _quantityScale = book.QuantityScale,
        };

    /// <summary>True when both have the same prices and quantities, whatever the scales.</summary>
    public readonly bool Equals(in StatedTop other) =>
        Same(_bid, other._bid, in other) && Same(_ask, other._ask, in other);

    /// <summary>True when the book's top has these prices and quantities, whatever the scales.</summary>
    public readonly bool Equals<TBids, TAsks>(ref OrderBook<TBids, TAsks> book)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide> => Equals(Of(ref book));

    private readonly bool Same(Level stated, Level built, in StatedTop other) =>
        SameValue(stated.Price, _priceScale, built.Price, other._priceScale)
        && SameValue(stated.Quantity, _quantityScale, built.Quantity, other._quantityScale);

    private static bool SameValue(long left, int leftScale, long right, int rightScale)
    {
        if (leftScale == rightScale)
        {
            return left == right;
        }

        var scale = leftScale > rightScale ? leftScale : rightScale;
        return Scale.TryWiden(left, leftScale, scale, out var a)
            && Scale.TryWiden(right, rightScale, scale, out var b)
            && a == b;
    }
}
