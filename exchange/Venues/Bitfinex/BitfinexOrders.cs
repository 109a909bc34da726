using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Exchange.Venues.Bitfinex;

/// <summary>The raw book, R0: the single orders that the counts and amounts of P0 are made of.</summary>
internal static class BitfinexOrders
{
    private const long FirstId = 180_000_000_000;

    /// <summary>Rows of the first orders of a side, best price first: id, price, amount, negative for asks.</summary>
    public static IEnumerable<string> Rows(SimulatedBook book, Side side, int most) =>
        Enumerable.Range(0, book.Side(side).Count).SelectMany(rank => Level(book, side, rank)).Take(most);

    /// <summary>The orders of a level: equal amounts, the first takes what is left over.</summary>
    private static IEnumerable<string> Level(SimulatedBook book, Side side, int rank)
    {
        var (ticks, lots) = (book.Side(side).TicksAt(rank), book.Side(side).LotsAt(rank));
        var orders = BitfinexNumber.Orders(ticks, lots);
        var price = BitfinexNumber.Text(ticks, book.Listing.PriceDecimals);
        for (var order = 0L; order < orders; order++)
        {
            var amount = BitfinexNumber.Text(
                (lots / orders) + (order == 0 ? lots % orders : 0), book.Listing.QuantityDecimals);
            var id = FirstId + (ticks * 10) + order;
            yield return string.Create(
                CultureInfo.InvariantCulture, $"[{id},{price},{(side == Side.Ask ? "-" : string.Empty)}{amount}]");
        }
    }
}
