using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>A venue's book as it stood at one moment, whatever structure keeps it.</summary>
/// <param name="PriceScale">Decimal digits of prices.</param>
/// <param name="QuantityScale">Decimal digits of quantities.</param>
/// <param name="LastUpdateId">The venue's id of the last update that is in it.</param>
/// <param name="Bids">Buyers, best first.</param>
/// <param name="Asks">Sellers, best first.</param>
public sealed record BookCopy(
    int PriceScale, int QuantityScale, long LastUpdateId, IReadOnlyList<Level> Bids, IReadOnlyList<Level> Asks)
{
    /// <summary>Copies a book; the caller's thread is the one that writes it, or that one stands still.</summary>
    public static BookCopy Of<TBids, TAsks>(ref OrderBook<TBids, TAsks> book)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide> => new(
            book.PriceScale,
            book.QuantityScale,
            book.LastUpdateId,
            Levels<BidSide, TBids>(ref book.Bids),
            Levels<AskSide, TAsks>(ref book.Asks));

    private static Level[] Levels<TSide, TLevels>(ref TLevels side)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        var levels = new Level[side.Count];
        var cursor = side.First;
        for (var rank = 0; side.TryNext(ref cursor, out var level); rank++)
        {
            levels[rank] = level;
        }

        return levels;
    }
}
