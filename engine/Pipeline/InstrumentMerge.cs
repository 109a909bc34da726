using System;
using System.Collections.Generic;
using LowLatencyQuoter.Engine.Book;

namespace LowLatencyQuoter.Engine.Pipeline;

/// <summary>
/// Makes the merge of an instrument from the books that are attached to it. Cold. Threads: the engine's.
/// </summary>
internal static class InstrumentMerge
{
    /// <summary>Merges the attached books of an instrument, in their order.</summary>
    /// <param name="instrument">Index of the instrument.</param>
    /// <param name="definitions">Every place.</param>
    /// <param name="statuses">Which of them are attached.</param>
    /// <param name="leaves">A book that does not count although it is attached still; -1: none.</param>
    public static ConsolidatedBook<TBids, TAsks> Make<TBids, TAsks>(
        int instrument, ReadOnlySpan<BookDefinition> definitions, ReadOnlySpan<BookStatus> statuses, int leaves)
        where TBids : struct, IBookSide<BidSide>
        where TAsks : struct, IBookSide<AskSide>
    {
        var books = new List<(int, BookDefinition)>();
        for (var book = 0; book < definitions.Length; book++)
        {
            if (definitions[book].Instrument == instrument && statuses[book].IsAttached && book != leaves)
            {
                books.Add((book, definitions[book]));
            }
        }

        return new ConsolidatedBook<TBids, TAsks>(instrument, books);
    }
}
