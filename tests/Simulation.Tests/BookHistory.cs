using System;
using System.Collections.Generic;
using LowLatencyQuoter.Exchange.Market;

namespace LowLatencyQuoter.Simulation.Tests;

/// <summary>What a venue's book was after each step of the market. Observes it before the venue publishes.</summary>
internal sealed class BookHistory : IBookObserver
{
    private readonly List<(TimeSpan Since, BookTop Top)> _tops = [];

    public BookHistory(SimulatedBook book)
    {
        Book = book;
        _tops.Add((TimeSpan.Zero, BookTop.Of(book, BookTop.Levels)));
    }

    public SimulatedBook Book { get; }

    /// <summary>The index of what the book is now.</summary>
    public int Now => _tops.Count - 1;

    public BookTop this[int index] => _tops[index].Top;

    public void Stepped(SimulatedBook book, TimeSpan marketTime)
    {
        if (book.Changes.Count != 0 && !_tops[^1].Top.Equals(book))
        {
            _tops.Add((marketTime, BookTop.Of(book, BookTop.Levels)));
        }
    }

    /// <summary>The index of what the book was then.</summary>
    public int At(TimeSpan marketTime)
    {
        var index = Now;
        while (index > 0 && _tops[index].Since > marketTime)
        {
            index--;
        }

        return index;
    }
}
