using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Events;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Pipeline;
using LowLatencyQuoter.Engine.Quote;

namespace LowLatencyQuoter.Feeds.Live;

/// <summary>
/// The books of a link that stands by: an engine of its own, with the same rules, which nobody reads until the books
/// are wanted. It keeps them proven, chain and checksum included, so that they can take the place of the others at any
/// moment. Threads: the reader's.
/// </summary>
internal sealed class StandbyBooks : IDisposable
{
    private readonly QuoterPipeline _pipeline;

    /// <summary>Takes the memory of a lane; that of books when they come.</summary>
    /// <param name="definition">What all of the books have in common.</param>
    /// <param name="books">Their indexes.</param>
    /// <param name="count">Count of all books of the engine: indexes are the same here.</param>
    /// <param name="laneCapacity">Slots of the lane.</param>
    public StandbyBooks(BookDefinition definition, ReadOnlySpan<int> books, int count, int laneCapacity)
    {
        // Each book is an instrument of its own; those of other venues stay empty, as many to one as an instrument has.
        var instruments = new List<string>();
        var definitions = new BookDefinition[count];
        for (var other = 0; other < count; other++)
        {
            if (other % QuoteHeader.MaxMembers == 0)
            {
                instruments.Add($"others {instruments.Count}");
            }

            definitions[other] = definition with { Instrument = instruments.Count - 1 };
        }

        foreach (var book in books)
        {
            definitions[book] = definition with { Instrument = instruments.Count };
            instruments.Add($"{definition.Venue} {book}");
        }

        _pipeline = new QuoterPipeline<MonotonicClock>(
            new BookTable(instruments, definitions),
            new PipelineOptions
            {
                Lanes = 1,
                Levels = 1,
                LaneCapacity = laneCapacity,
                QuoteCapacity = 2,
                EngineSleeps = false,
                PublisherSleeps = false,
            },
            default);
    }

    /// <summary>Where the link writes.</summary>
    public DepthLane Lane => _pipeline.Lanes[0];

    /// <summary>What became of it.</summary>
    public BookStatus[] Statuses => _pipeline.Table.Statuses;

    /// <summary>Takes everything that was written.</summary>
    public void Drain()
    {
        while (_pipeline.DoWork() != 0)
        {
        }
    }

    /// <summary>A book as it stands.</summary>
    public BookCopy CopyOf(int book) => _pipeline.CopyOf(book);

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();
}
