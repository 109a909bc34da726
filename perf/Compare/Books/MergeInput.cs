using System;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Perf.Compare.Books;

/// <summary>
/// The books of ten venues, for both sides of a comparison; prices are a few ticks apart, so that ties occur.
/// </summary>
internal sealed class MergeInput : IDisposable
{
    /// <summary>Venues.</summary>
    public const int VenueCount = 10;

    private const int BookLevels = 50;
    private const long Mid = 6_183_763;

    /// <summary>Fills the books.</summary>
    /// <param name="number">
    /// Which of several inputs: levels differ between them, and so does the count of changes that made a book, by which
    /// the engine's merge tells a changed book from one it has merged already.
    /// </param>
    public MergeInput(int number)
    {
        for (var venue = 0; venue < VenueCount; venue++)
        {
            var seed = (number * VenueCount) + venue;
            Queue.Bids[venue] = new ChangeStream(Side.Bid, BookLevels, Mid + (seed % 3), 0, seed).Initial;
            Queue.Asks[venue] = new ChangeStream(Side.Ask, BookLevels, Mid + 4 - (seed % 4), 0, seed + 1_000).Initial;
            Fill(ref Books[venue].Bids, Queue.Bids[venue], number);
            Fill(ref Books[venue].Asks, Queue.Asks[venue], number);
        }
    }

    /// <summary>For ours.</summary>
    public OrderBook[] Books { get; } = new OrderBook[VenueCount];

    /// <summary>For the baseline.</summary>
    public QueueMerge Queue { get; } = new(VenueCount);

    /// <summary>Merges books such as these, all of them live.</summary>
    public static ConsolidatedBook MakeMerge(MergeInput input)
    {
        var members = new (int, BookDefinition)[VenueCount];
        var statuses = new BookStatus[VenueCount];
        for (var venue = 0; venue < VenueCount; venue++)
        {
            members[venue] = (venue, new BookDefinition { Venue = $"v{venue}", Symbol = "BTCUSDT", Instrument = 0 });
            statuses[venue] = new BookStatus();
            statuses[venue].SetState(BookState.Live, 0);
        }

        var merge = new ConsolidatedBook(0, members);
        merge.Refresh(input.Books, statuses);
        return merge;
    }

    /// <summary>Throws when the rows differ.</summary>
    public static void Compare(string side, ReadOnlySpan<QuoteRow> ours, ReadOnlySpan<QuoteRow> baseline)
    {
        for (var row = 0; row < ours.Length; row++)
        {
            if (ours[row].Price != baseline[row].Price || ours[row].Quantity != baseline[row].Quantity
                || ours[row].Member != baseline[row].Member)
            {
                throw new ComparisonException($"row {row} of the merged {side} differs");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ref var book in Books.AsSpan())
        {
            book.Free();
        }
    }

    private static void Fill<TSide>(ref LadderSide<TSide> side, Level[] levels, int furtherChanges)
        where TSide : struct, ISide
    {
        foreach (var level in levels)
        {
            side.Set(level.Price, level.Quantity);
        }

        for (var change = 0; change < furtherChanges; change++)
        {
            side.Set(levels[^1].Price, levels[^1].Quantity + 1);
            side.Set(levels[^1].Price, levels[^1].Quantity);
        }
    }
}
