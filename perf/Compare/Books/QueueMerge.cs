using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>
/// The merge with a priority queue of the venues' next levels. The queue is reused and the levels lie in arrays, best
/// first, which is more than a sorted dictionary would offer it.
/// </summary>
internal sealed class QueueMerge(int venues)
{
    private readonly PriorityQueue<(int Venue, int Rank), (long Price, long Quantity, int Venue)> _queue =
        new(venues, Comparer<(long, long, int)>.Default);

    /// <summary>Bids of each venue.</summary>
    public Level[][] Bids { get; } = new Level[venues][];

    /// <summary>Asks of each venue.</summary>
    public Level[][] Asks { get; } = new Level[venues][];

    /// <summary>Writes the best rows: by price, then the larger quantity, then the order of the venues.</summary>
    /// <param name="side">One side of all venues.</param>
    /// <param name="direction">1 where low prices come first, -1 where high ones do.</param>
    /// <param name="rows">Receives the rows.</param>
    public void Merge(Level[][] side, int direction, Span<QuoteRow> rows)
    {
        _queue.Clear();
        for (var venue = 0; venue < side.Length; venue++)
        {
            ref readonly var level = ref side[venue][0];
            _queue.Enqueue((venue, 0), (direction * level.Price, -level.Quantity, venue));
        }

        foreach (ref var row in rows)
        {
            var (venue, rank) = _queue.Peek();
            ref readonly var level = ref side[venue][rank];
            row.Price = level.Price;
            row.Quantity = level.Quantity;
            row.Member = venue;
            ref readonly var next = ref side[venue][rank + 1];
            _queue.DequeueEnqueue((venue, rank + 1), (direction * next.Price, -next.Quantity, venue));
        }
    }
}
