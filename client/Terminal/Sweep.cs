using System;
using Google.Protobuf.Collections;
using Orderbook;

namespace LowLatencyQuoter.Client.Terminal;

/// <summary>What it costs to take a side of the book from its best level down to one.</summary>
/// <param name="IsBuy">Asks are taken.</param>
/// <param name="Levels">How many levels are taken.</param>
/// <param name="Amount">Of the base asset.</param>
/// <param name="Cost">In the quote asset.</param>
/// <param name="Average">Cost of one unit.</param>
/// <param name="BasisPoints">By how much the average is worse than the best price, in 1/10000 of that.</param>
internal readonly record struct Sweep(
    bool IsBuy, int Levels, double Amount, double Cost, double Average, double BasisPoints)
{
    /// <summary>
    /// The sweep up to a cursor: 1 the best ask, 2 the next, ...; -1 the best bid. A cursor beyond the last level
    /// stands at the last one. Null without a cursor, or on an empty side.
    /// </summary>
    public static Sweep? Of(Summary quote, int cursor) => cursor switch
    {
        > 0 => Of(quote.Asks, cursor, isBuy: true),
        < 0 => Of(quote.Bids, -cursor, isBuy: false),
        _ => null,
    };

    private static Sweep? Of(RepeatedField<Level> side, int levels, bool isBuy)
    {
        var taken = Math.Min(levels, side.Count);
        var (amount, cost) = (0.0, 0.0);
        for (var index = 0; index < taken; index++)
        {
            amount += side[index].Amount;
            cost += side[index].Amount * side[index].Price;
        }

        if (!(amount > 0))
        {
            return null;
        }

        var (average, best) = (cost / amount, side[0].Price);
        return new Sweep(isBuy, taken, amount, cost, average, Math.Abs(average - best) / best * 10_000);
    }
}
