using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using Side = LowLatencyQuoter.Exchange.Market.Side;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>Holds a whole book of the engine against the venue's own, as far as the venue streams it.</summary>
internal static class BookJudge
{
    /// <summary>
    /// True when the book is the venue's. False when that cannot be said now: it is not live, or what was read last is
    /// not all of a step.
    /// </summary>
    /// <exception cref="SimulationException">It is live and wrong.</exception>
    public static bool IsVenues(JudgedBook book, QuoterPipeline pipeline)
    {
        if (book.Status.State != BookState.Live || book.Receipts.Last is not { Whole: { } whole, EndsStep: true } last
            || last.Earliest != last.Latest || book.Receipts.NewestStep() != last.Step)
        {
            return false;
        }

        var copy = pipeline.CopyOf(book.Index);
        Compare(book, Side.Bid, copy.Bids, copy, whole.Bids);
        Compare(book, Side.Ask, copy.Asks, copy, whole.Asks);
        return true;
    }

    private static void Compare(
        JudgedBook book, Side side, IReadOnlyList<Level> levels, BookCopy copy, Rung[] rungs)
    {
        var limit = Math.Min(rungs.Length, ComparedLevels(book));
        if (!book.IsWindow)
        {
            limit = Within(book, side, rungs);
        }
        else if (limit == rungs.Length && levels.Count != limit)
        {
            throw new SimulationException(
                $"{book.Name}: {levels.Count} levels on the {side} side, and the venue has {limit}");
        }

        var listing = book.History.Book.Listing;
        for (var rank = 0; rank < limit; rank++)
        {
            if (rank >= levels.Count
                || !Same(levels[rank].Price, copy.PriceScale, rungs[rank].Ticks, listing.PriceDecimals)
                || !Same(levels[rank].Quantity, copy.QuantityScale, rungs[rank].Lots, listing.QuantityDecimals))
            {
                var held = rank < levels.Count ? $"{levels[rank].Price}x{levels[rank].Quantity}" : "nothing";
                throw new SimulationException(
                    $"{book.Name}: {side} {rank} is {held} (scales {copy.PriceScale}, {copy.QuantityScale}), and the "
                    + $"venue has {rungs[rank]} (decimals {listing.PriceDecimals}, {listing.QuantityDecimals})");
            }
        }
    }

    /// <summary>A checksum proves ten levels: what was lost behind them shows when it comes to the front.</summary>
    private static int ComparedLevels(JudgedBook book) =>
        book.Link.Venue.Name == "kraken" && book.Link.Tally[FaultKind.Dropped] != 0 ? 10 : book.Depth;

    /// <summary>The levels at prices that the snapshot reached.</summary>
    private static int Within(JudgedBook book, Side side, Rung[] rungs)
    {
        var least = int.MaxValue;
        foreach (var body in book.Receipts.LastBodies)
        {
            least = Math.Min(least, body.Whole is { } snapshot ? Within(book, side, rungs, snapshot) : int.MaxValue);
        }

        return least != int.MaxValue ? least
            : throw new SimulationException($"{book.Name} is live without a snapshot");
    }

    private static int Within(JudgedBook book, Side side, Rung[] rungs, BookTop snapshot)
    {
        var known = side == Side.Bid ? snapshot.Bids : snapshot.Asks;
        if (known.Length <= book.Depth)
        {
            return rungs.Length;
        }

        var last = known[book.Depth - 1].Ticks;
        var count = 0;
        while (count < rungs.Length
            && (side == Side.Bid ? rungs[count].Ticks >= last : rungs[count].Ticks <= last))
        {
            count++;
        }

        // Gate's bracketed channel pushes a hundred levels now and then, and the book is those from then on.
        return book.Link.Venue.Name == "gateio" ? Math.Min(count, 50) : count;
    }

    private static bool Same(long value, int scale, long expected, int decimals) => scale >= decimals
        ? value == checked(expected * Scale.Power(scale - decimals))
        : checked(value * Scale.Power(decimals - scale)) == expected;
}
