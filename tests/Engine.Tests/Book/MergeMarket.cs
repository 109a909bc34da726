using System;
using System.Collections.Generic;
using System.Linq;
using LowLatencyQuoter.Engine.Book;
using LowLatencyQuoter.Engine.Model;
using LowLatencyQuoter.Engine.Quote;
using NUnit.Framework;

namespace LowLatencyQuoter.Engine.Tests.Book;

/// <summary>
/// Some venues' books with their consolidated book, beside reference books that are sorted as a whole.
/// </summary>
internal sealed class MergeMarket : IDisposable
{
    private readonly OrderBook[] _books;
    private readonly BookStatus[] _statuses;
    private readonly ReferenceBook[] _references;
    private readonly BookDefinition[] _definitions;
    private readonly ConsolidatedBook _consolidated;

    public MergeMarket(int venues, Func<int, (int PriceScale, int QuantityScale, long DustQuantity)> describe)
    {
        _books = new OrderBook[venues];
        _statuses = new BookStatus[venues];
        _references = new ReferenceBook[venues];
        _definitions = new BookDefinition[venues];
        for (var venue = 0; venue < venues; venue++)
        {
            var (priceScale, quantityScale, dust) = describe(venue);
            _books[venue].PriceScale = priceScale;
            _books[venue].QuantityScale = quantityScale;
            _statuses[venue] = new BookStatus();
            _statuses[venue].SetState(BookState.Live, 1);
            _references[venue] = new ReferenceBook();
            _definitions[venue] = new BookDefinition
            {
                Venue = $"venue{venue}",
                Symbol = "X",
                Instrument = 0,
                DustQuantity = dust,
                DustScale = 6,
            };
        }

        _consolidated = new ConsolidatedBook(0, [.. _definitions.Select(static (definition, book) => (book,
            definition))]);
        _consolidated.Refresh(_books, _statuses);
    }

    public void Set(int venue, long touch, int distance, long quantity)
    {
        Assert.That(_books[venue].Bids.Set(touch - distance, quantity), Is.True);
        Assert.That(_books[venue].Asks.Set(touch + distance, quantity), Is.True);
        _references[venue].Set(Side.Bid, touch - distance, quantity);
        _references[venue].Set(Side.Ask, touch + distance, quantity);
    }

    public void Clear(int venue)
    {
        _books[venue].Clear();
        _references[venue].Clear();
    }

    /// <summary>A live book leaves the quote, or one that left comes back.</summary>
    public void Flip(int venue)
    {
        var live = _statuses[venue].State == BookState.Live;
        _statuses[venue].SetState(live ? BookState.Gapped : BookState.Live, 1);
        _consolidated.Refresh(_books, _statuses);
    }

    public void Churn(Random random, long touch, QuoteRow[] bids, QuoteRow[] asks, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            ref var book = ref _books[random.Next(_books.Length)];
            book.Bids.Set(touch - random.Next(50), random.Next(3));
            book.Asks.Set(touch + random.Next(50), random.Next(3));
            _consolidated.Merge(_books, bids, asks, out _, out _);
        }
    }

    public void Check(int rows)
    {
        var bids = new QuoteRow[rows];
        var asks = new QuoteRow[rows];
        _consolidated.Merge(_books, bids, asks, out var bidCount, out var askCount);
        Assert.That(bids[..bidCount].Select(Text), Is.EqualTo(Expected(Side.Bid, rows)));
        Assert.That(asks[..askCount].Select(Text), Is.EqualTo(Expected(Side.Ask, rows)));
    }

    public void Dispose()
    {
        foreach (ref var book in _books.AsSpan())
        {
            book.Free();
        }
    }

    private static string Text(QuoteRow row) => $"{row.Price} {row.Quantity} {row.Member}";

    private IEnumerable<string> Expected(Side side, int rows)
    {
        var levels = new List<(long Price, long Quantity, int Member)>();
        for (var venue = 0; venue < _books.Length; venue++)
        {
            if (_statuses[venue].State != BookState.Live)
            {
                continue;
            }

            var price = Power(_consolidated.PriceScale - _books[venue].PriceScale);
            var quantity = Power(_consolidated.QuantityScale - _books[venue].QuantityScale);
            var dust = (decimal)_definitions[venue].DustQuantity / Power(_definitions[venue].DustScale);
            levels.AddRange(_references[venue].Levels(side)
                .Where(level => (decimal)level.Quantity / Power(_books[venue].QuantityScale) >= dust)
                .Select(level => (level.Price * price, level.Quantity * quantity, venue)));
        }

        return levels
            .OrderBy(level => side == Side.Bid ? -level.Price : level.Price)
            .ThenByDescending(static level => level.Quantity)
            .ThenBy(static level => level.Member)
            .Take(rows)
            .Select(static level => $"{level.Price} {level.Quantity} {level.Member}");
    }

    private static long Power(int digits) => (long)Math.Pow(10, digits);
}
