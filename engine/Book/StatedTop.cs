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

    /// <summary>True when the book's top has these prices and quantities, whatever the scales.</summary>
    public readonly bool Equals<TBids, TAsks>(ref OrderBook<TBids, TAsks> book)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide> =>
        Same(_bid, book.Bids.Count != 0 ? book.Bids.Best : default, ref book)
        && Same(_ask, book.Asks.Count != 0 ? book.Asks.Best : default, ref book);

    private readonly bool Same<TBids, TAsks>(Level stated, Level built, ref OrderBook<TBids, TAsks> book)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide> =>
        SameValue(stated.Price, _priceScale, built.Price, book.PriceScale)
        && SameValue(stated.Quantity, _quantityScale, built.Quantity, book.QuantityScale);

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
