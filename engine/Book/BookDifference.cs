using System;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>The first level, from the best, in which a book is not the one that it should be.</summary>
[HotPath]
public struct BookDifference
{
    /// <summary>The side it is on.</summary>
    public Side Side;

    /// <summary>What should be there; nothing when there should be no further level.</summary>
    public Level Expected;

    /// <summary>What is there; nothing when there is no further level.</summary>
    public Level Found;

    /// <summary>Decimal digits of the expected price.</summary>
    public byte ExpectedPriceScale;

    /// <summary>Decimal digits of the expected quantity.</summary>
    public byte ExpectedQuantityScale;

    /// <summary>Decimal digits of the price that is there.</summary>
    public byte FoundPriceScale;

    /// <summary>Decimal digits of the quantity that is there.</summary>
    public byte FoundQuantityScale;

    /// <summary>
    /// Looks for it in the better half of what the venue states, bids first; whatever the scales. The worse half is
    /// left out: statements are cut off at a count of levels, so that near their end one of the two may know a level
    /// that the other cannot.
    /// </summary>
    /// <param name="stated">What the book should be.</param>
    /// <param name="own">The book.</param>
    /// <param name="difference">What differs, when it does.</param>
    public static bool TryFind<TBids, TAsks>(
        ref OrderBook<TBids, TAsks> stated, ref OrderBook<TBids, TAsks> own, out BookDifference difference)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide>
    {
        difference = new BookDifference
        {
            ExpectedPriceScale = (byte)stated.PriceScale,
            ExpectedQuantityScale = (byte)stated.QuantityScale,
            FoundPriceScale = (byte)own.PriceScale,
            FoundQuantityScale = (byte)own.QuantityScale,
        };
        difference.Side = Side.Bid;
        if (difference.IsIn<BidSide, TBids>(ref stated.Bids, ref own.Bids))
        {
            return true;
        }

        difference.Side = Side.Ask;
        return difference.IsIn<AskSide, TAsks>(ref stated.Asks, ref own.Asks);
    }

    private bool IsIn<TSide, TLevels>(ref TLevels stated, ref TLevels own)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        var (statedCursor, ownCursor) = (stated.First, own.First);
        for (var rank = (stated.Count + 1) / 2; rank > 0; rank--)
        {
            stated.TryNext(ref statedCursor, out Expected);
            if (!own.TryNext(ref ownCursor, out Found))
            {
                Found = default;
                return true;
            }

            if (!Same(Expected.Price, ExpectedPriceScale, Found.Price, FoundPriceScale)
                || !Same(Expected.Quantity, ExpectedQuantityScale, Found.Quantity, FoundQuantityScale))
            {
                return true;
            }
        }

        Expected = default;
        return stated.Count == 0 && own.TryNext(ref ownCursor, out Found);
    }

    private static bool Same(long left, int leftScale, long right, int rightScale)
    {
        var scale = Math.Max(leftScale, rightScale);
        return Math.BigMul(left, Scale.Power(scale - leftScale), out var leftLow)
            == Math.BigMul(right, Scale.Power(scale - rightScale), out var rightLow)
            && leftLow == rightLow;
    }
}
