using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;

namespace LowLatencyQuoter.Engine.Book;

/// <summary>A venue's book as it stood at one moment, whatever structure keeps it.</summary>
/// <param name="PriceScale">Decimal digits of prices.</param>
/// <param name="QuantityScale">Decimal digits of quantities.</param>
/// <param name="LastUpdateId">The venue's id of the last update that is in it.</param>
/// <param name="Bids">Buyers, best first, those beyond the horizon included.</param>
/// <param name="Asks">Sellers, best first, likewise.</param>
public sealed record BookCopy(
    int PriceScale, int QuantityScale, long LastUpdateId, IReadOnlyList<Level> Bids, IReadOnlyList<Level> Asks)
{
    /// <summary>
    /// How many of <see cref="Bids"/>, from the best on, are before the horizon: none is missing there.
    /// </summary>
    public int KnownBids { get; init; }

    /// <summary>How many of <see cref="Asks"/> likewise.</summary>
    public int KnownAsks { get; init; }

    /// <summary>Copies a book; the caller's thread is the one that writes it, or that one stands still.</summary>
    public static BookCopy Of<TBids, TAsks>(ref OrderBook<TBids, TAsks> book)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide> => new(
            book.PriceScale,
            book.QuantityScale,
            book.LastUpdateId,
            Levels(ref book.Bids, ref book.BidHorizon),
            Levels(ref book.Asks, ref book.AskHorizon))
        {
            KnownBids = book.Bids.Count,
            KnownAsks = book.Asks.Count,
        };

    private static Level[] Levels<TSide, TLevels>(ref TLevels side, ref DepthHorizon<TSide> horizon)
        where TSide : struct, ISide
        where TLevels : struct, IBookSide<TSide>
    {
        var levels = new Level[side.Count + horizon.Count];
        var cursor = side.First;
        for (var rank = 0; side.TryNext(ref cursor, out var level); rank++)
        {
            levels[rank] = level;
        }

        horizon.CopyTo(levels, side.Count);
        return levels;
    }
}
