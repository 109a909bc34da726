using System;
using System.Linq;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>The best levels of a venue's book at one step, and how many levels it had in all.</summary>
internal sealed record BookTop(Rung[] Bids, Rung[] Asks, int BidCount, int AskCount)
{
    /// <summary>More than a quote shows.</summary>
    public const int Levels = 12;

    public static BookTop Of(SimulatedBook book, int levels) =>
        new(Side(book.Bids, levels), Side(book.Asks, levels), book.Bids.Count, book.Asks.Count);

    /// <summary>Whether the best levels are the same.</summary>
    public bool Equals(SimulatedBook book) => Equals(Bids, BidCount, book.Bids) && Equals(Asks, AskCount, book.Asks);

    private static bool Equals(Rung[] rungs, int count, SimulatedSide side)
    {
        if (count != side.Count)
        {
            return false;
        }

        for (var rank = 0; rank < rungs.Length; rank++)
        {
            if (rungs[rank].Ticks != side.TicksAt(rank) || rungs[rank].Lots != side.LotsAt(rank))
            {
                return false;
            }
        }

        return true;
    }

    private static Rung[] Side(SimulatedSide side, int levels) =>
        [.. Enumerable.Range(0, Math.Min(levels, side.Count))
            .Select(rank => new Rung(side.TicksAt(rank), side.LotsAt(rank)))];
}
